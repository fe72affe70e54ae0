import type { PrefixRecord } from '@segchain/records'
import { ipText } from '../address.js'
import { unknownPart } from '../descriptor/ids.js'
import type { ByteReader } from '../reader.js'
import { type NlriContext, readNlri, unknownOf } from './base.js'

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
  bgpRouteType?: string
  multiTopologyId?: number
  ospfRouteType?: string
  prefix?: string
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
  const bytes = Buffer.alloc(width)
  value.take(need).copy(bytes)
  if (value.left > 0) {
    const error = value.error('PREFIX_BYTES', `${value.left} bytes more than a prefix of ${length} bits has`)
    context.problems.push({ treatment: 'accepted', error })
    value.skip(value.left)
  }
  if (length % 8 !== 0) bytes[need - 1] = (bytes[need - 1] ?? 0) & (0xff << (8 - (length % 8)))
  return `${ipText(bytes)}/${length}`
}

/** NLRI types 3 (IPv4, width 4) and 4 (IPv6, width 16) (RFC 9552 §5.2, figure 9). */
export function decodePrefixNlri(reader: ByteReader, context: NlriContext, width: 4 | 16): PrefixRecord {
  const found: PrefixDescriptors = {}
  const base = readNlri(reader, context, (code, value) => {
    if (code === 263) found.multiTopologyId = value.u16() & 0x0fff
    else if (code === 264) found.ospfRouteType = routeType(value.u8())
    else if (code === 535) found.bgpRouteType = bgpRouteTypes[value.u8()] ?? `type-${value.bytes[value.end - 1] ?? 0}`
    else if (code === 265) found.prefix = readReachability(value, width, context)
    else return false
    return true
  })
  const { protocol, instanceId } = base
  const { prefix, multiTopologyId, ospfRouteType, bgpRouteType } = found
  if (prefix === undefined) {
    throw reader.error('MISSING_TLV', 'a prefix NLRI without IP Reachability Information (265), which is mandatory')
  }
  const node = base.localId
  const mt = multiTopologyId ? `;mt=${multiTopologyId}` : ''
  const type = ospfRouteType === undefined ? '' : `;type=${ospfRouteType}`
  return {
    kind: 'prefix',
    id: `${prefix}@${node}${mt}${type}${bgpRouteType === undefined ? '' : `;bgp-type=${bgpRouteType}`}${unknownPart(base.unknown)}`,
    protocol,
    instanceId,
    ...base.table,
    ...(multiTopologyId === undefined ? {} : { multiTopologyId }),
    node,
    prefix,
    ...(ospfRouteType === undefined ? {} : { ospfRouteType }),
    ...(bgpRouteType === undefined ? {} : { bgpRouteType }),
    ...unknownOf(base),
  }
}

function routeType(code: number): string {
  return ospfRouteTypes[code] ?? `type-${code}`
}
