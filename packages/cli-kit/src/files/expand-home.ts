import { homedir } from 'node:os'
import { join } from 'node:path'

/** A path as the shell would take it: `~/` is the folder of the user who runs the tool. `~name/` stays as it is. */
export function expandHome(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path
}
