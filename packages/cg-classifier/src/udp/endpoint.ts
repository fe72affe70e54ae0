import { isIP } from 'node:net'
import { SegchainError } from '@segchain/records'

export interface UdpEndpoint {
  readonly address: string
  readonly port: number
}

/** `9000`, `127.0.0.1:9000`, `[::1]:9000`. @throws {SegchainError} category `usage`, code `ENDPOINT`. */
export function parseEndpoint(text: string): UdpEndpoint {
  const match = /^(?:\[([^\]]+)\]:|([^:]+):)?(\d{1,5})$/.exec(text)
  const address = match?.[1] ?? match?.[2] ?? '127.0.0.1'
  const port = Number(match?.[3] ?? Number.NaN)
  if (match === null || isIP(address) === 0 || port > 0xffff) {
    throw new SegchainError({
      category: 'usage',
      code: 'ENDPOINT',
      message: `${text} is no UDP endpoint`,
      hint: 'write PORT (on 127.0.0.1), ADDRESS:PORT or [ADDRESS]:PORT',
    })
  }
  return { address, port }
}

/** As `parseEndpoint` reads it. */
export function endpointText({ address, port }: UdpEndpoint): string {
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`
}

/** A socket for both families tells IPv4 senders as mapped addresses. */
export function senderAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
}
