import fs from 'node:fs'
import { relative, resolve, sep } from 'node:path'

export interface Commit {
  /** 40 or 64 hexadecimal digits. */
  readonly commit: string
  /** Files of the directory differ from the commit. */
  readonly dirty: boolean
}

/** The commit that a directory of intents is at; undefined outside a repository, or before its first commit. */
export async function commitOf(directory: string): Promise<Commit | undefined> {
  const { default: git } = await import('isomorphic-git')
  try {
    const dir = await git.findRoot({ fs, filepath: resolve(directory) })
    const commit = await git.resolveRef({ fs, dir, ref: 'HEAD' })
    const below = relative(dir, resolve(directory)).split(sep).join('/')
    const filepaths = [below === '' ? '.' : below]
    // Columns: HEAD, work tree, stage; all 1 is unchanged.
    const matrix = await git.statusMatrix({ fs, dir, filepaths, filter: (file) => /(\.ya?ml|sids\.lock)$/.test(file) })
    return { commit, dirty: matrix.some(([, head, workdir, stage]) => head !== 1 || workdir !== 1 || stage !== 1) }
  } catch {
    // No repository, no commit yet, or a repository of a kind that isomorphic-git cannot read (a linked work tree).
    return undefined
  }
}
