import { readdir, readFile, stat } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import { SegchainError } from '@segchain/records'
import type { InventoryDevice } from './device.js'
import { parseDevices } from './parse.js'

/**
 * Device intents of a file, or of every YAML file in and below a folder.
 *
 * @throws {SegchainError} `usage`: the path cannot be read; `data`: a Device is wrong or there twice.
 */
export async function loadInventory(path: string): Promise<ReadonlyMap<string, InventoryDevice>> {
  const devices = new Map<string, InventoryDevice>()
  for (const file of await yamlFiles(path)) {
    for (const device of parseDevices(await read(file), file, os.userInfo().username)) {
      const other = devices.get(device.name)
      if (other !== undefined) {
        throw new SegchainError({
          category: 'data',
          code: 'DEVICE_TWICE',
          message: `Device ${device.name} is also in ${other.file}:${other.line}`,
          where: { file, line: device.line },
        })
      }
      devices.set(device.name, device)
    }
  }
  return devices
}

async function yamlFiles(path: string): Promise<string[]> {
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

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw cannotRead(file, cause)
  }
}

function cannotRead(path: string, cause: unknown): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'CANNOT_READ',
    message: `cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
    where: { file: path },
  })
}
