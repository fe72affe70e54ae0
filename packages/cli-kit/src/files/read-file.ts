import { readFile } from 'node:fs/promises'
import { cannotRead } from './cannot-read.js'
import { expandHome } from './expand-home.js'

/** @throws {SegchainError} category `usage`, code `CANNOT_READ`; it names the path as it was given. */
export async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(expandHome(path))
  } catch (cause) {
    throw cannotRead(path, cause)
  }
}

/** A file of UTF-8. @throws {SegchainError} as {@link readBytes} */
export async function readText(path: string): Promise<string> {
  return (await readBytes(path)).toString('utf8')
}
