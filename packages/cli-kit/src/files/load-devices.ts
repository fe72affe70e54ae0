import { SegchainError } from '@segchain/records/error'
import { readText } from './read-file.js'
import { yamlFiles } from './yaml-files.js'

/** A Device intent, as far as every tool knows it. */
export interface DeviceIntent {
  readonly name: string
  readonly file: string
  /** Of the file, from 1. */
  readonly line: number
}

/**
 * The Device intents of a file, or of every YAML file in and below a folder, by name.
 *
 * @param parse the Devices of one file that the tool cares for; it throws where one is wrong
 * @throws {SegchainError} `usage`, `CANNOT_READ`: the path cannot be read; `data`, `DEVICE_TWICE`: a name is there twice
 */
export async function loadDeviceIntents<D extends DeviceIntent>(
  path: string,
  parse: (text: string, file: string) => readonly D[],
): Promise<ReadonlyMap<string, D>> {
  const devices = new Map<string, D>()
  for (const file of await yamlFiles(path)) {
    for (const device of parse(await readText(file), file)) {
      const other = devices.get(device.name)
      if (other !== undefined) throw twice(device, other)
      devices.set(device.name, device)
    }
  }
  return devices
}

function twice({ name, file, line }: DeviceIntent, other: DeviceIntent): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'DEVICE_TWICE',
    message: `Device ${name} is also in ${other.file}:${other.line}`,
    where: { file, line },
  })
}
