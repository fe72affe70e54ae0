import type { PrefixRecord } from '@segchain/records'
import { ipText } from '../address.js'
import { unknownPart } from '../descriptor/ids.js'
import type { ByteReader } from '../reader.js'
import { hasUnknown, type NlriContext, readNlri, unknownOf } from './base.js'

/** RFC 9552 §5.2.3.1, table "OSPF Route Type". */
export const ospfRouteTypes: readonly (string | undefined)[] = [
  undefined,
  'intra-area',
  'inter-area',
  'external-1',
  'external-2',
  'nssa-1',
  'nssa-2',
]

/** draft-ietf-idr-bgp-ls-bgp-only-fabric, table "BGP Route Types" (TLV 535). */
export const bgpRouteTypes: readonly (string | undefined)[] = [
  undefined,
  'local',
  'attached',
  'external-bgp',
  'internal-bgp',
  'redistributed',
]

interface PrefixDescriptors {
  readonly width: 4 | 16
  bgpRouteType: string | undefined
  multiTopologyId: number | undefined
  ospfRouteType: string | undefined
  prefix: string | undefined
}

/**
 * ```
 * | Prefix Length | IP Prefix (variable)                         //   RFC 9552 §5.2.3.2
 * ```
 * The prefix has ceil(length / 8) bytes; bits after the length are not part of it.
 */
function readReachability(value: ByteReader, width: 4 | 16, context: NlriContext): string {
  const length = value.u8()
  if (length > width * 8) {
    throw value.error('PREFIX_LENGTH', `a prefix of ${length} bits: an address has ${width * 8}`)
  }
  const need = Math.ceil(length / 8)
  value.need(need)
  const from = value.position
  value.skip(need)
  if (value.left > 0) {
    const error = value.error('PREFIX_BYTES', `${value.left} bytes more than a prefix of ${length} bits has`)
    context.problems.push({ treatment: 'accepted', error })
    value.skip(value.left)
  }
  const bytes = width === 4 ? IPV4 : IPV6
  for (let at = 0; at < width; at++) bytes[at] = at < need ? (value.bytes[from + at] ?? 0) : 0
  if (length % 8 !== 0) bytes[need - 1] = (bytes[need - 1] ?? 0) & (0xff << (8 - (length % 8)))
  return `${ipText(bytes)}/${length}`
}

/** Where the address of a prefix is put together. */
const IPV4 = new Uint8Array(4)
const IPV6 = new Uint8Array(16)

function readDescriptor(code: number, value: ByteReader, into: PrefixDescriptors, context: NlriContext): boolean {
  if (code === 263) into.multiTopologyId = value.u16() & 0x0fff
  else if (code === 264) into.ospfRouteType = routeType(value.u8())
  else if (code === 535) into.bgpRouteType = bgpRouteTypes[value.u8()] ?? `type-${value.bytes[value.end - 1] ?? 0}`
  else if (code === 265) into.prefix = readReachability(value, into.width, context)
  else return false
  return true
}

/** NLRI types 3 (IPv4, width 4) and 4 (IPv6, width 16) (RFC 9552 §5.2, figure 9). */
export function decodePrefixNlri(reader: ByteReader, context: NlriContext, width: 4 | 16): PrefixRecord {
  const found: PrefixDescriptors = {
    width,
    bgpRouteType: undefined,
    multiTopologyId: undefined,
    ospfRouteType: undefined,
    prefix: undefined,
  }
  const base = readNlri(reader, context, readDescriptor, found)
  const { protocol, instanceId, localId: node, table } = base
  const { prefix, multiTopologyId, ospfRouteType, bgpRouteType } = found
  if (prefix === undefined) {
    throw reader.error('MISSING_TLV', 'a prefix NLRI without IP Reachability Information (265), which is mandatory')
  }
  let id = `${prefix}@${node}`
  if (multiTopologyId) id += `;mt=${multiTopologyId}`
  if (ospfRouteType !== undefined) id += `;type=${ospfRouteType}`
  if (bgpRouteType !== undefined) id += `;bgp-type=${bgpRouteType}`
  id += unknownPart(base.unknown)
  const record: PrefixRecord =
    multiTopologyId === undefined
      ? { kind: 'prefix', id, protocol, instanceId, ...table, node, prefix }
      : { kind: 'prefix', id, protocol, instanceId, ...table, multiTopologyId, node, prefix }
  if (ospfRouteType !== undefined) record.ospfRouteType = ospfRouteType
  if (bgpRouteType !== undefined) record.bgpRouteType = bgpRouteType
  if (hasUnknown(base)) Object.assign(record, unknownOf(base))
  return record
}

function routeType(code: number): string {
  return ospfRouteTypes[code] ?? `type-${code}`
}
