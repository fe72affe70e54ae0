import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Keeps the whole configuration that a device without confirmed commit had before its last transaction, for people: what
 * the transaction itself puts back is in its journal. Replaced in one step.
 *
 * @returns the file, which only its owner can read: configurations have secrets in them.
 */
export async function keepConfig(journalFolder: string, device: string, config: string): Promise<string> {
  const folder = join(journalFolder, 'saved')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, encodeURIComponent(device))
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(config)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
  return file
}
