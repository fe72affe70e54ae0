import { CAPABILITY } from '../iana/bgp-parameters.js'
import type { ByteReader } from '../reader.js'
import type { ByteWriter } from '../writer.js'

export interface AddressFamily {
  readonly afi: number
  readonly safi: number
}

export interface GracefulRestart {
  /** The speaker has restarted (R). */
  readonly restarting: boolean
  /** How long the peer may keep stale routes, in seconds, 12 bits. */
  readonly restartSeconds: number
  readonly families: readonly (AddressFamily & { readonly forwarding: boolean })[]
}

/** What a speaker says it can do (RFC 5492). Absent means: not said. */
export interface Capabilities {
  families: AddressFamily[]
  fourOctetAsn?: number
  routeRefresh?: true
  enhancedRouteRefresh?: true
  extendedMessage?: true
  gracefulRestart?: GracefulRestart
  /** Capabilities that are not looked at, as they came. */
  unknown?: { readonly code: number; readonly value: string }[]
}

/**
 * ```
 * | Capability Code | Capability Length | Value |   RFC 5492 §4, repeated
 * ```
 */
export function decodeCapabilities(reader: ByteReader, into: Capabilities): void {
  while (reader.left > 0) {
    const code = reader.u8()
    const value = reader.sub(reader.u8(), `capability-${code}`)
    decodeCapability(code, value, into)
  }
}

function decodeCapability(code: number, value: ByteReader, into: Capabilities): void {
  switch (code) {
    case CAPABILITY.multiprotocol: {
      // RFC 4760 §8: AFI, reserved, SAFI.
      const afi = value.u16()
      value.skip(1)
      into.families.push({ afi, safi: value.u8() })
      return
    }
    case CAPABILITY.fourOctetAs:
      into.fourOctetAsn = value.u32()
      return
    case CAPABILITY.routeRefresh:
      into.routeRefresh = true
      return
    case CAPABILITY.enhancedRouteRefresh:
      into.enhancedRouteRefresh = true
      return
    case CAPABILITY.extendedMessage:
      into.extendedMessage = true
      return
    case CAPABILITY.gracefulRestart:
      into.gracefulRestart = decodeGracefulRestart(value)
      return
    default:
      into.unknown ??= []
      into.unknown.push({ code, value: value.rest().toString('hex') })
  }
}

/** RFC 4724 §3. */
function decodeGracefulRestart(value: ByteReader): GracefulRestart {
  const first = value.u16()
  const families: (AddressFamily & { forwarding: boolean })[] = []
  while (value.left > 0) {
    families.push({ afi: value.u16(), safi: value.u8(), forwarding: (value.u8() & 0x80) !== 0 })
  }
  return { restarting: (first & 0x8000) !== 0, restartSeconds: first & 0x0fff, families }
}

export function encodeCapabilities(writer: ByteWriter, capabilities: Capabilities): void {
  const add = (code: number, fill: (value: ByteWriter) => void) => writer.u8(code).prefixed(1, fill)
  for (const { afi, safi } of capabilities.families) {
    add(CAPABILITY.multiprotocol, (value) => value.u16(afi).u8(0).u8(safi))
  }
  if (capabilities.routeRefresh) add(CAPABILITY.routeRefresh, () => {})
  if (capabilities.extendedMessage) add(CAPABILITY.extendedMessage, () => {})
  const restart = capabilities.gracefulRestart
  if (restart !== undefined) {
    add(CAPABILITY.gracefulRestart, (value) => {
      value.u16((restart.restarting ? 0x8000 : 0) | (restart.restartSeconds & 0x0fff))
      for (const { afi, safi, forwarding } of restart.families)
        value
          .u16(afi)
          .u8(safi)
          .u8(forwarding ? 0x80 : 0)
    })
  }
  const { fourOctetAsn } = capabilities
  if (fourOctetAsn !== undefined) add(CAPABILITY.fourOctetAs, (value) => value.u32(fourOctetAsn))
  if (capabilities.enhancedRouteRefresh) add(CAPABILITY.enhancedRouteRefresh, () => {})
  for (const { code, value } of capabilities.unknown ?? []) add(code, (out) => out.hex(value))
}
