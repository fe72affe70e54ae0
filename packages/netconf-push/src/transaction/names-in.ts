import { readdir } from 'node:fs/promises'
import { cannotRead } from '@segchain/cli-kit/files'

/** What is in a folder of ours; nothing when it is not there yet. @throws {SegchainError} category `usage`, `CANNOT_READ` */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return []
    throw cannotRead(folder, cause, { hint: '--journal names another folder' })
  }
}
