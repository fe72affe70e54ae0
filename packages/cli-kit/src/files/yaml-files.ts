import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { cannotRead } from './cannot-read.js'

/**
 * The file itself, whatever its name; of a folder every `.yaml` and `.yml` in and below it, in the order of their
 * paths. Links are not followed.
 *
 * @throws {SegchainError} category `usage`, code `CANNOT_READ`
 */
export async function yamlFiles(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  } catch (cause) {
    throw cannotRead(path, cause)
  }
}
