import type { Protocol, UnknownTlv } from '@segchain/records'
import type { Problem } from '../decode-error.js'
import { localPart, scopeOf } from '../descriptor/ids.js'
import type { KnownNode, NodeCache } from '../descriptor/node-cache.js'
import { decodeNodeDescriptor, type NodeDescriptor } from '../descriptor/node-descriptor.js'
import { protocolName } from '../iana/protocol-ids.js'
import { appended } from '../lists.js'
import type { ByteReader } from '../reader.js'

/** What every NLRI of a known type begins with (RFC 9552 §5.2, figure 7). */
export interface NlriBase {
  /** What a record says of its table. */
  readonly table: NlriTable
  readonly protocol: Protocol
  /** u64 as a decimal string. */
  readonly instanceId: string
  readonly localNode: NodeDescriptor
  /** Its id; see `descriptor/ids.ts`. */
  readonly localId: string
  readonly remote: RemoteNode | undefined
  /** Descriptor TLVs that the reader of this NLRI type did not take; absent when there are none. */
  readonly unknown: UnknownTlv[] | undefined
}

/** The node at the other end of a link. */
export interface RemoteNode {
  readonly descriptor: NodeDescriptor
  readonly id: string
  /** The id without protocol and instance, as it stands in the id of a link. */
  readonly part: string
}

export interface NlriContext {
  readonly problems: Problem[]
  /** RFC 9552 §8.2.2 to the letter: an NLRI whose TLVs do not ascend is discarded. */
  readonly strictOrder: boolean
  /** The table that it is in; SAFI 71 where absent. */
  readonly table?: NlriTable
  /** Descriptors that the same session has sent before. */
  readonly nodes?: NodeCache | undefined
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
export function readNlri<Draft>(
  reader: ByteReader,
  context: NlriContext,
  take: (code: number, value: ByteReader, into: Draft, context: NlriContext) => boolean,
  into: Draft,
): NlriBase {
  const protocol = protocolName(reader.u8())
  const instanceId = reader.u64Text()
  let unknown: UnknownTlv[] | undefined
  let localNode: KnownNode | undefined
  let remoteNode: KnownNode | undefined
  let last = 0
  while (reader.left > 0) {
    const code = reader.u16()
    const value = reader.next(reader.u16(), code)
    if (code < last) outOfOrder(value, code, last, context)
    last = code
    if (code === LOCAL_NODE) localNode = once(value, code, localNode, context)
    else if (code === REMOTE_NODE) remoteNode = once(value, code, remoteNode, context)
    else if (take(code, value, into, context)) value.expectEnd()
    else {
      unknown = appended(unknown, { code, value: value.rest().toString('hex'), in: 'nlri' })
    }
  }
  if (localNode === undefined) {
    throw reader.error('MISSING_TLV', 'an NLRI without Local Node Descriptors (256), which are mandatory')
  }
  const table = context.table ?? DEFAULT_TABLE
  const localId = idIn(table, protocol, instanceId, localNode)
  const remote =
    remoteNode === undefined
      ? undefined
      : {
          descriptor: remoteNode.descriptor,
          part: remoteNode.part,
          id: idIn(table, protocol, instanceId, remoteNode),
        }
  return { table, protocol, instanceId, localNode: localNode.descriptor, localId, unknown, remote }
}

function idIn(table: NlriTable, protocol: Protocol, instanceId: string, node: KnownNode): string {
  const plain = instanceId === '0' && table === DEFAULT_TABLE
  return plain ? plainIdOf(node, protocol) : idOf(node, `${scopeOf(table)}${protocol}:${instanceId}:`)
}

/** SAFI 71. */
export const DEFAULT_TABLE: NlriTable = {}

/** The id in instance 0 of the default table, which almost all are in. */
function plainIdOf(node: KnownNode, protocol: Protocol): string {
  const known = node.ids.get(protocol)
  if (known !== undefined) return known
  const id = `${protocol}:0:${node.part}`
  node.ids.set(protocol, id)
  return id
}

const MAX_IDS = 64

/** The same string object each time: a topology names a node in each of its links and prefixes. */
function idOf(node: KnownNode, prefix: string): string {
  const known = node.ids.get(prefix)
  if (known !== undefined) return known
  const id = prefix + node.part
  // A node is in few instances; a peer that makes up one after the other must not fill the memory.
  if (node.ids.size >= MAX_IDS) node.ids.clear()
  node.ids.set(prefix, id)
  return id
}

function once(value: ByteReader, code: number, seen: KnownNode | undefined, context: NlriContext): KnownNode {
  if (seen !== undefined) throw value.error('DUPLICATE_TLV', `an NLRI has TLV ${code} twice`)
  const known = context.nodes?.get(value, readNode) ?? readNode(value)
  value.position = value.end
  return known
}

function readNode(value: ByteReader): KnownNode {
  const descriptor = decodeNodeDescriptor(value)
  return { descriptor, part: localPart(descriptor), ids: new Map() }
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

/** Whether there is something that {@link unknownOf} would give. */
export function hasUnknown({ unknown, localNode, remote }: NlriBase): boolean {
  return unknown !== undefined || localNode.unknown !== undefined || remote?.descriptor.unknown !== undefined
}

/** The unknown TLVs of NLRI and node descriptors as a record keeps them; absent when there are none. */
export function unknownOf(base: NlriBase): { unknown?: UnknownTlv[] } {
  const { localNode, remote } = base
  // Almost always: worth not making four lists for.
  if (!hasUnknown(base)) return {}
  const unknown: UnknownTlv[] = [
    ...(localNode.unknown ?? []).map((tlv) => ({ ...tlv, in: 'local-node' as const })),
    ...(remote?.descriptor.unknown ?? []).map((tlv) => ({ ...tlv, in: 'remote-node' as const })),
    ...(base.unknown ?? []),
  ]
  return unknown.length === 0 ? {} : { unknown }
}
