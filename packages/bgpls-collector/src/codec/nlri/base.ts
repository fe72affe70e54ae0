import type { Protocol, UnknownTlv } from '@segchain/records'
import type { Problem } from '../decode-error.js'
import { scopeOf } from '../descriptor/ids.js'
import { decodeNodeDescriptor, type NodeDescriptor } from '../descriptor/node-descriptor.js'
import { protocolName } from '../iana/protocol-ids.js'
import type { ByteReader } from '../reader.js'

/** What every NLRI of a known type begins with (RFC 9552 §5.2, figure 7). */
export interface NlriBase {
  /** `''` for SAFI 71; see `descriptor/ids.ts`. */
  readonly scope: string
  /** What a record says of its table. */
  readonly table: NlriTable
  readonly protocol: Protocol
  /** u64 as a decimal string. */
  readonly instanceId: string
  readonly localNode: NodeDescriptor
  readonly remoteNode?: NodeDescriptor
  /** Descriptor TLVs that the reader of this NLRI type did not take. */
  readonly unknown: UnknownTlv[]
}

export interface NlriContext {
  readonly problems: Problem[]
  /** RFC 9552 §8.2.2 to the letter: an NLRI whose TLVs do not ascend is discarded. */
  readonly strictOrder: boolean
  /** The table that it is in; SAFI 71 where absent. */
  readonly table?: NlriTable
}

/** Part of every id, and of every record, of a table other than SAFI 71. */
export interface NlriTable {
  readonly routeDistinguisher?: string
  readonly spf?: true
}

const LOCAL_NODE = 256
const REMOTE_NODE = 257

/**
 * ```
 * |  Protocol-ID  |
 * |                    Identifier (8)                             |
 * //  Local Node Descriptors TLV (256), other descriptor TLVs    //
 * ```
 * @param take gets each TLV besides 256 and 257; false means that it has no use for it.
 */
export function readNlri(
  reader: ByteReader,
  context: NlriContext,
  take: (code: number, value: ByteReader) => boolean,
): NlriBase {
  const protocol = protocolName(reader.u8())
  const instanceId = reader.u64().toString()
  const unknown: UnknownTlv[] = []
  let localNode: NodeDescriptor | undefined
  let remoteNode: NodeDescriptor | undefined
  let last = 0
  while (reader.left > 0) {
    const code = reader.u16()
    const value = reader.sub(reader.u16(), code)
    if (code < last) outOfOrder(value, code, last, context)
    last = code
    if (code === LOCAL_NODE) localNode = once(value, code, localNode)
    else if (code === REMOTE_NODE) remoteNode = once(value, code, remoteNode)
    else if (take(code, value)) value.expectEnd()
    else unknown.push({ code, value: value.rest().toString('hex'), in: 'nlri' })
  }
  if (localNode === undefined) {
    throw reader.error('MISSING_TLV', 'an NLRI without Local Node Descriptors (256), which are mandatory')
  }
  const table = context.table ?? {}
  return {
    scope: scopeOf(table),
    table,
    protocol,
    instanceId,
    localNode,
    unknown,
    ...(remoteNode === undefined ? {} : { remoteNode }),
  }
}

function once(value: ByteReader, code: number, seen: NodeDescriptor | undefined): NodeDescriptor {
  if (seen !== undefined) throw value.error('DUPLICATE_TLV', `an NLRI has TLV ${code} twice`)
  return decodeNodeDescriptor(value)
}

/**
 * RFC 9552 §5.1 asks for ascending TLVs so that propagators compare NLRIs as bytes. We compare ids,
 * which do not depend on the order, so an old peer's topology is not thrown away for it.
 */
function outOfOrder(value: ByteReader, code: number, last: number, context: NlriContext): void {
  const error = value.error('TLV_ORDER', `TLV ${code} after TLV ${last}: descriptors ascend (RFC 9552 §5.1)`)
  if (context.strictOrder) throw error
  context.problems.push({ treatment: 'accepted', error })
}

/** The unknown TLVs of NLRI and node descriptors as a record keeps them; absent when there are none. */
export function unknownOf(base: NlriBase): { unknown?: UnknownTlv[] } {
  const unknown: UnknownTlv[] = [
    ...(base.localNode.unknown ?? []).map((tlv) => ({ ...tlv, in: 'local-node' as const })),
    ...(base.remoteNode?.unknown ?? []).map((tlv) => ({ ...tlv, in: 'remote-node' as const })),
    ...base.unknown,
  ]
  return unknown.length === 0 ? {} : { unknown }
}
