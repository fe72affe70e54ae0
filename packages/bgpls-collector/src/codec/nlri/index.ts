import type { TopologyRecord } from '@segchain/records'
import { DecodeError } from '../decode-error.js'
import { scopeOf, shortHex } from '../descriptor/ids.js'
import { SAFI_LINK_STATE, SAFI_LINK_STATE_SPF, SAFI_LINK_STATE_VPN } from '../iana/bgp-parameters.js'
import type { ByteReader } from '../reader.js'
import { readRouteDistinguisher } from '../route-distinguisher.js'
import { DEFAULT_TABLE, type NlriContext, type NlriTable } from './base.js'
import { decodeLinkNlri, decodeStubLinkNlri } from './link.js'
import { decodeNodeNlri } from './node.js'
import { hasPathIdentifiers } from './path-identifiers.js'
import { decodePrefixNlri } from './prefix.js'
import { decodeSrPolicyPathNlri } from './sr-policy-path.js'
import { decodeSrv6SidNlri } from './srv6-sid.js'

export type NlriDecoder = (reader: ByteReader, context: NlriContext) => TopologyRecord

/** By record: several paths to one object give several records with the same id. */
export type PathIdentifiers = Map<TopologyRecord, number>

/** By NLRI type: a new type is a file and a row. */
const decoders: ReadonlyMap<number, { readonly label: string; readonly decode: NlriDecoder }> = new Map([
  [1, { label: 'node', decode: decodeNodeNlri }],
  [2, { label: 'link', decode: decodeLinkNlri }],
  [3, { label: 'ipv4-prefix', decode: (reader, context) => decodePrefixNlri(reader, context, 4) }],
  [4, { label: 'ipv6-prefix', decode: (reader, context) => decodePrefixNlri(reader, context, 16) }],
  [5, { label: 'sr-policy-path', decode: decodeSrPolicyPathNlri }],
  [6, { label: 'srv6-sid', decode: decodeSrv6SidNlri }],
  [7, { label: 'stub-link', decode: decodeStubLinkNlri }],
] satisfies [number, { label: string; decode: NlriDecoder }][])

/**
 * ```
 * |            NLRI Type          |     Total NLRI Length         |   RFC 9552 §5.2
 * //                  Link-State NLRI (variable)                 //
 * ```
 * repeated to the end of `reader`. An NLRI that is wrong inside its own length is discarded and
 * reported (RFC 9552 §8.2.2); one that does not fit ends it.
 *
 * @param paths gets the Path Identifiers of the records, where the NLRIs have them (RFC 7911 §3).
 * @throws {DecodeError} when a Total NLRI Length goes beyond the attribute.
 */
export function decodeNlris(
  reader: ByteReader,
  context: Omit<NlriContext, 'table'>,
  safi: number = SAFI_LINK_STATE,
  paths?: PathIdentifiers,
): TopologyRecord[] {
  const records: TopologyRecord[] = []
  const { problems, strictOrder, nodes } = context
  // Only in a VPN does every NLRI say which table it is from.
  const table = safi === SAFI_LINK_STATE_SPF ? SPF_TABLE : DEFAULT_TABLE
  const shared = safi === SAFI_LINK_STATE_VPN ? undefined : { problems, strictOrder, nodes, table }
  const identified = hasPathIdentifiers(reader.bytes, reader.position, reader.end)
  while (reader.left > 0) {
    const path = identified ? reader.u32() : undefined
    const type = reader.u16()
    const length = reader.u16()
    const known = decoders.get(type)
    const content = reader.next(length, known?.label ?? `nlri-${type}`)
    try {
      // RFC 9552 §5.2: in a VPN the Route Distinguisher stands before the Link-State NLRI.
      const own = shared ?? { ...context, table: { routeDistinguisher: readRouteDistinguisher(content) } }
      const record = known === undefined ? opaque(type, content, own.table) : known.decode(content, own)
      records.push(record)
      if (path !== undefined) paths?.set(record, path)
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      context.problems.push({ treatment: 'nlri-discard', error })
    }
  }
  return records
}

/** RFC 9552 §5.1: an unknown NLRI type is kept opaque; its length says where the next one is. */
function opaque(type: number, content: ByteReader, table: NlriTable): TopologyRecord {
  const value = content.rest().toString('hex')
  return { kind: 'unknown-nlri', id: `${scopeOf(table)}nlri-${type}:${shortHex(value)}`, type, ...table, value }
}

const SPF_TABLE: NlriTable = { spf: true }
