import type { ServerHostKeyAlgorithm } from 'ssh2'
import { knownHostName, lineMatches } from './match.js'
import type { KnownHostLine } from './parse.js'

/** Signature algorithms by the key type that known_hosts has; no SHA-1. */
const byKeyType: ReadonlyMap<string, readonly ServerHostKeyAlgorithm[]> = new Map([
  ['ssh-ed25519', ['ssh-ed25519']],
  ['ecdsa-sha2-nistp256', ['ecdsa-sha2-nistp256']],
  ['ecdsa-sha2-nistp384', ['ecdsa-sha2-nistp384']],
  ['ecdsa-sha2-nistp521', ['ecdsa-sha2-nistp521']],
  ['ssh-rsa', ['rsa-sha2-512', 'rsa-sha2-256']],
])

/**
 * The order in which we ask for host keys: first the types that are known for this host, so that a
 * server with several keys shows the one that we can check (ssh does the same).
 */
export function hostKeyAlgorithms(
  lines: readonly KnownHostLine[],
  host: string,
  port: number,
): ServerHostKeyAlgorithm[] {
  const name = knownHostName(host, port)
  const known = new Set(
    lines.filter((line) => line.marker === undefined && lineMatches(line, name)).map((line) => line.keyType),
  )
  const types = [...byKeyType].sort(([a], [b]) => Number(known.has(b)) - Number(known.has(a)))
  return types.flatMap(([, algorithms]) => algorithms)
}
