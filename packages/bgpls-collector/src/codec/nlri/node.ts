import type { NodeRecord } from '@segchain/records'
import { unknownPart } from '../descriptor/ids.js'
import { isPseudonode } from '../descriptor/node-descriptor.js'
import type { ByteReader } from '../reader.js'
import { type NlriContext, readNlri, unknownOf } from './base.js'

/** NLRI type 1 (RFC 9552 §5.2, figure 7). */
export function decodeNodeNlri(reader: ByteReader, context: NlriContext): NodeRecord {
  const base = readNlri(reader, context, () => false)
  const { protocol, instanceId, localNode } = base
  const { unknown: _, ...descriptor } = localNode
  return {
    kind: 'node',
    id: base.localId + unknownPart(base.unknown),
    protocol,
    instanceId,
    ...base.table,
    ...descriptor,
    ...(isPseudonode(localNode) ? { pseudonode: true } : {}),
    ...unknownOf(base),
  }
}
