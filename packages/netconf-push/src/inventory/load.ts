import os from 'node:os'
import { loadDeviceIntents } from '@segchain/cli-kit/files'
import type { InventoryDevice } from './device.js'
import { parseDevices } from './parse.js'

/**
 * Device intents of a file, or of every YAML file in and below a folder.
 *
 * @throws {SegchainError} `usage`: the path cannot be read; `data`: a Device is wrong or there twice.
 */
export function loadInventory(path: string): Promise<ReadonlyMap<string, InventoryDevice>> {
  return loadDeviceIntents(path, (text, file) => parseDevices(text, file, os.userInfo().username))
}
