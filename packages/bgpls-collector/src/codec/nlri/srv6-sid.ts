import type { Srv6SidRecord } from '@segchain/records'
import { unknownPart } from '../descriptor/ids.js'
import type { ByteReader } from '../reader.js'
import { type NlriContext, readNlri, unknownOf } from './base.js'

/** NLRI type 6 (RFC 9514 §6): local node, MT-ID, SRv6 SID Information (518). */
export function decodeSrv6SidNlri(reader: ByteReader, context: NlriContext): Srv6SidRecord {
  let sid: string | undefined
  let multiTopologyId: number | undefined
  const base = readNlri(
    reader,
    context,
    (code, value) => {
      if (code === 518) sid = value.ipv6()
      else if (code === 263) multiTopologyId = value.u16() & 0x0fff
      else return false
      return true
    },
    undefined,
  )
  if (sid === undefined) throw reader.error('MISSING_TLV', 'an SRv6 SID NLRI without SRv6 SID Information (518)')
  const { protocol, instanceId } = base
  const node = base.localId
  return {
    kind: 'srv6-sid',
    id: `${sid}@${node}${multiTopologyId ? `;mt=${multiTopologyId}` : ''}${unknownPart(base.unknown)}`,
    protocol,
    instanceId,
    ...base.table,
    ...(multiTopologyId === undefined ? {} : { multiTopologyId }),
    node,
    sid,
    ...unknownOf(base),
  }
}
