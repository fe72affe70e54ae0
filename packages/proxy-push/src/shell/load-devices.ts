import { readdir, readFile, stat } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import { SegchainError } from '@segchain/records'
import { type Endpoint, ProxyClient } from '@segchain/sr-proxy'
import { type ProxyDevice, parseProxyDevices } from '../devices.js'

/**
 * The proxies of a file, or of every YAML file in and below a folder.
 *
 * @throws {SegchainError} `usage`: the path cannot be read; `data`: a Device is wrong or there twice
 */
export async function loadDevices(path: string): Promise<ReadonlyMap<string, ProxyDevice>> {
  const devices = new Map<string, ProxyDevice>()
  for (const file of await yamlFiles(path)) {
    for (const device of parseProxyDevices((await read(file)).toString('utf8'), file)) {
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

/** @throws {SegchainError} `usage`, `CANNOT_READ`: a key or certificate */
export async function clientOf(device: ProxyDevice, timeoutS: number): Promise<ProxyClient> {
  return new ProxyClient(await endpointOf(device), timeoutS * 1000)
}

async function endpointOf(device: ProxyDevice): Promise<Endpoint> {
  if (device.socket !== undefined) return { socket: device.socket }
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(device.address ?? '') ?? []
  const [cert, key, ca] = await Promise.all(
    [device.certFile, device.keyFile, device.caFile].map((file) => read(home(file ?? ''))),
  )
  if (cert === undefined || key === undefined || ca === undefined) throw new TypeError('three files were read')
  const serverName = device.serverName === undefined ? {} : { serverName: device.serverName }
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port), cert, key, ca, ...serverName }
}

function home(path: string): string {
  return path.startsWith('~/') ? join(os.homedir(), path.slice(2)) : path
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

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
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
