import { isIP } from 'node:net'
import { SegchainError } from '@segchain/records'

/** Where a session is made to. */
export interface Endpoint {
  readonly host: string
  readonly port: number
  /** Where to listen: a socket that listens already, which somebody else has made and handed over. */
  readonly fd?: number
}

/**
 * `10.0.0.1`, `10.0.0.1:1790`, `r1.example:1790`, `fd00::1`, `[fd00::1]:1790`; for --listen also `fd:3`.
 * @throws {SegchainError} category `usage`.
 */
export function parseEndpoint(text: string, defaultPort: number, flag: string): Endpoint {
  const handed = /^fd:([0-9]{1,4})$/.exec(text)?.[1]
  if (handed !== undefined && flag === '--listen') return { host: '', port: 0, fd: Number(handed) }
  if (isIP(text) === 6) return { host: text, port: defaultPort }
  const match = /^(?:\[([^\]]+)\]|([^:\s[\]]+))(?::([0-9]{1,5}))?$/.exec(text)
  const host = match?.[1] ?? match?.[2]
  const port = match?.[3] === undefined ? defaultPort : Number(match[3])
  if (host === undefined || port > 65_535 || (match?.[1] !== undefined && isIP(host) !== 6)) {
    throw new SegchainError({
      category: 'usage',
      code: 'ENDPOINT',
      message: `${flag} ${JSON.stringify(text)}: an address with an optional port is wanted`,
      hint: 'as 10.0.0.1, 10.0.0.1:1179, fd00::1 or [fd00::1]:1179',
    })
  }
  return { host, port }
}

/** An IPv6 address gets its brackets. */
export function endpointText({ host, port, fd }: Endpoint): string {
  if (fd !== undefined) return `fd:${fd}`
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** `::ffff:10.0.0.1` is what a dual-stack socket calls 10.0.0.1. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=[0-9.]+$)/, '')
}

/** 127.0.0.0/8 and ::1. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127[.]/.test(plainAddress(host))
}
