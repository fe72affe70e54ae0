import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { cannotRead } from '@segchain/cli-kit/files'
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
        throw cannotRead(file, cause, { what: `known hosts from ${file}` })
      }
    }),
  )
  return loaded.flat()
}
