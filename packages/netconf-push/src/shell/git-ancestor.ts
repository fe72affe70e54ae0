import fs from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Whether one commit comes before another, by the repository that a path lies in; false when it cannot tell. */
export function gitAncestor(path: string): (earlier: string, later: string) => Promise<boolean> {
  return async (earlier, later) => {
    const { default: git } = await import('isomorphic-git')
    try {
      const absolute = resolve(path)
      const folder = fs.statSync(absolute).isDirectory() ? absolute : dirname(absolute)
      const dir = await git.findRoot({ fs, filepath: folder })
      return await git.isDescendent({ fs, dir, oid: later, ancestor: earlier, depth: -1 })
    } catch {
      // No repository here, or it does not have both.
      return false
    }
  }
}
