import type * as Ssh2 from 'ssh2'

/** ssh2 takes some 60 ms to load: only when a connection is made. */
export async function loadSsh2(): Promise<typeof Ssh2> {
  const module = await import('ssh2')
  return 'default' in module ? (module.default as typeof Ssh2) : module
}
