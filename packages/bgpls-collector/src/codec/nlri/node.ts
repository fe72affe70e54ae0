import type { NodeRecord } from '@segchain/records'
import { unknownPart } from '../descriptor/ids.js'
import { isPseudonode } from '../descriptor/node-descriptor.js'
import type { ByteReader } from '../reader.js'
import { hasUnknown, type NlriContext, readNlri, unknownOf } from './base.js'

/** NLRI type 1 (RFC 9552 §5.2, figure 7). */
export function decodeNodeNlri(reader: ByteReader, context: NlriContext): NodeRecord {
  const base = readNlri(reader, context, noMore, undefined)
  const { protocol, instanceId, localNode, table } = base
  const { asn, bgpLsId, areaId, routerId, bgpRouterId, confederationAsn } = localNode
  const record: NodeRecord = { kind: 'node', id: base.localId + unknownPart(base.unknown), protocol, instanceId }
  if (table.routeDistinguisher !== undefined) record.routeDistinguisher = table.routeDistinguisher
  if (table.spf !== undefined) record.spf = table.spf
  if (asn !== undefined) record.asn = asn
  if (bgpLsId !== undefined) record.bgpLsId = bgpLsId
  if (areaId !== undefined) record.areaId = areaId
  if (routerId !== undefined) record.routerId = routerId
  if (bgpRouterId !== undefined) record.bgpRouterId = bgpRouterId
  if (confederationAsn !== undefined) record.confederationAsn = confederationAsn
  if (isPseudonode(localNode)) record.pseudonode = true
  if (hasUnknown(base)) Object.assign(record, unknownOf(base))
  return record
}

/** A node has no descriptors but its own. */
const noMore = () => false
