import { BlockList, isIP } from 'node:net'
import { SegchainError } from '@segchain/records/error'
import { AFI_LINK_STATE, SAFI_LINK_STATE_SPF, SAFI_LINK_STATE_VPN } from '../codec/iana/bgp-parameters.js'
import type { CollectorOptions } from '../session/collector-options.js'
import type { Endpoint } from '../session/endpoint.js'
import { endpointText, isLoopback, parseEndpoint } from '../session/endpoint.js'
import { type SessionFlags, seconds, sessionConfig } from '../session-config.js'

/** The values of `collectorFlags`. */
export interface CollectorFlags extends SessionFlags {
  readonly peer?: readonly string[] | undefined
  readonly listen?: string | undefined
  readonly bmp?: string | undefined
  readonly allow?: readonly string[] | undefined
  readonly quiet: string
  readonly 'max-stale': string
  readonly 'max-sessions': number
  readonly spf: boolean
  readonly 'offer-ipv4': boolean
  readonly strict: boolean
  readonly 'ttl-security'?: number | undefined
  readonly 'tcp-md5'?: string | undefined
}

/** @throws {SegchainError} category `usage`. */
export function collectorOptions(flags: CollectorFlags): {
  readonly bmp: Endpoint | undefined
  readonly options: CollectorOptions
} {
  if (flags['tcp-md5'] !== undefined) throw md5NotHere()
  const peers = (flags.peer ?? []).map((text) => parseEndpoint(text, 179, '--peer'))
  const bmp = flags.bmp === undefined ? undefined : parseEndpoint(flags.bmp, 11_019, '--bmp')
  const listen =
    flags.listen !== undefined || (peers.length === 0 && bmp === undefined)
      ? parseEndpoint(flags.listen ?? '127.0.0.1', 1179, '--listen')
      : undefined
  const open = [listen, bmp].find((endpoint) => endpoint !== undefined && !isLoopback(endpoint.host))
  if (open !== undefined && flags.allow === undefined) {
    throw new SegchainError({
      category: 'usage',
      code: 'ALLOW_NEEDED',
      message: `${endpointText(open)} is open to others: say who may connect`,
      hint: 'as --allow 10.0.0.0/8, or --allow 0.0.0.0/0 --allow ::/0 for everybody',
    })
  }
  const options = {
    session: sessionConfig(flags),
    peers,
    ...(listen === undefined ? {} : { listen }),
    ...(flags['ttl-security'] === undefined ? {} : { hops: flags['ttl-security'] }),
    allowed: allowedBy(flags.allow),
    quietSeconds: seconds(flags.quiet, '--quiet'),
    strictOrder: flags.strict,
    maxStaleSeconds: seconds(flags['max-stale'], '--max-stale'),
    families: [
      { afi: AFI_LINK_STATE, safi: SAFI_LINK_STATE_VPN },
      ...(flags.spf ? [{ afi: AFI_LINK_STATE, safi: SAFI_LINK_STATE_SPF }] : []),
      ...(flags['offer-ipv4'] ? [{ afi: 1, safi: 1 }] : []),
    ],
    maxSessions: flags['max-sessions'],
  }
  return { bmp, options }
}

/** Without --allow: everybody who can reach the loopback address. */
function allowedBy(prefixes: readonly string[] | undefined): (address: string) => boolean {
  if (prefixes === undefined) return () => true
  const list = new BlockList()
  for (const prefix of prefixes) {
    const [address = '', bits] = prefix.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    const width = family === 'ipv6' ? 128 : 32
    const length = bits === undefined ? width : Number(bits)
    if (isIP(address) === 0 || !Number.isInteger(length) || length < 0 || length > width) {
      throw new SegchainError({
        category: 'usage',
        code: 'PREFIX',
        message: `--allow ${JSON.stringify(prefix)} is no address and no prefix`,
        hint: 'as 10.0.0.1 or 10.0.0.0/8',
      })
    }
    list.addSubnet(address, length, family)
  }
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** See docs/decisions/0102. */
function md5NotHere(): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'TCP_MD5',
    message: 'TCP-MD5 (RFC 2385) is an option of the socket, which Node.js cannot set',
    hint: 'hand over a listening socket that has the key (--listen fd:3), or peer with a BGP daemon on this machine that has it: see docs/decisions/0102',
  })
}
