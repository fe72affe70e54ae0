import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { SegchainError } from '@segchain/records'
import { type KnownHostLine, parseKnownHosts } from './known-hosts/index.js'

/** ssh's own files, of which either may be missing; files that were asked for must be there. */
export async function loadKnownHosts(files: readonly string[] | undefined): Promise<KnownHostLine[]> {
  const wanted = files ?? [join(homedir(), '.ssh', 'known_hosts'), '/etc/ssh/ssh_known_hosts']
  const loaded = await Promise.all(
    wanted.map(async (file) => {
      try {
        return parseKnownHosts(await readFile(file, 'utf8'), file)
      } catch (cause) {
        if (files === undefined) return []
        throw new SegchainError({
          category: 'usage',
          code: 'CANNOT_READ',
          message: `cannot read known hosts from ${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
          where: { file },
        })
      }
    }),
  )
  return loaded.flat()
}
