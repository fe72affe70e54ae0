import { loadDeviceIntents, readBytes } from '@segchain/cli-kit/files'
import { type Endpoint, ProxyClient } from '@segchain/sr-proxy'
import { type ProxyDevice, parseProxyDevices } from '../devices.js'

/**
 * The proxies of a file, or of every YAML file in and below a folder.
 *
 * @throws {SegchainError} `usage`: the path cannot be read; `data`: a Device is wrong or there twice
 */
export function loadDevices(path: string): Promise<ReadonlyMap<string, ProxyDevice>> {
  return loadDeviceIntents(path, parseProxyDevices)
}

/** @throws {SegchainError} `usage`, `CANNOT_READ`: a key or certificate */
export async function clientOf(device: ProxyDevice, timeoutS: number): Promise<ProxyClient> {
  return new ProxyClient(await endpointOf(device), timeoutS * 1000)
}

async function endpointOf(device: ProxyDevice): Promise<Endpoint> {
  if (device.socket !== undefined) return { socket: device.socket }
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(device.address ?? '') ?? []
  const [cert, key, ca] = await Promise.all(
    [device.certFile, device.keyFile, device.caFile].map((file) => readBytes(file ?? '')),
  )
  if (cert === undefined || key === undefined || ca === undefined) throw new TypeError('three files were read')
  const serverName = device.serverName === undefined ? {} : { serverName: device.serverName }
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port), cert, key, ca, ...serverName }
}
