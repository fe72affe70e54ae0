import type { LinkRecord } from '@segchain/records'
import { ipText } from '../address.js'
import { localPart, nodeId, unknownPart } from '../descriptor/ids.js'
import type { ByteReader } from '../reader.js'
import { type NlriContext, readNlri, unknownOf } from './base.js'

interface LinkDescriptors {
  localLinkId?: number
  remoteLinkId?: number
  localAddresses?: string[]
  remoteAddresses?: string[]
  multiTopologyId?: number
}

/** RFC 9552 §5.2.2. */
function readDescriptor(code: number, value: ByteReader, into: LinkDescriptors): boolean {
  switch (code) {
    case 258:
      into.localLinkId = value.u32()
      into.remoteLinkId = value.u32()
      return true
    case 259:
    case 261:
      into.localAddresses ??= []
      into.localAddresses.push(ipText(value.take(code === 259 ? 4 : 16)))
      return true
    case 260:
    case 262:
      into.remoteAddresses ??= []
      into.remoteAddresses.push(ipText(value.take(code === 260 ? 4 : 16)))
      return true
    case 263:
      // RFC 9552 §5.2.2.1: one MT-ID in a link NLRI; the upper 4 bits are reserved.
      into.multiTopologyId = value.u16() & 0x0fff
      return true
    default:
      return false
  }
}

/** NLRI type 2 (RFC 9552 §5.2, figure 8). */
export function decodeLinkNlri(reader: ByteReader, context: NlriContext): LinkRecord {
  const descriptors: LinkDescriptors = {}
  const base = readNlri(reader, context, (code, value) => readDescriptor(code, value, descriptors))
  const { protocol, instanceId, localNode, remoteNode } = base
  if (remoteNode === undefined) {
    throw reader.error('MISSING_TLV', 'a link NLRI without Remote Node Descriptors (257), which are mandatory')
  }
  const local = nodeId(protocol, instanceId, localNode)
  const { multiTopologyId, ...rest } = descriptors
  return {
    kind: 'link',
    id: `${local}>${localPart(remoteNode)}${descriptorPart(descriptors)}${unknownPart(base.unknown)}`,
    protocol,
    instanceId,
    ...(multiTopologyId === undefined ? {} : { multiTopologyId }),
    localNode: local,
    remoteNode: nodeId(protocol, instanceId, remoteNode),
    ...rest,
    ...unknownOf(base),
  }
}

function descriptorPart(link: LinkDescriptors): string {
  let part = ''
  if (link.localLinkId !== undefined) part += `;ids=${link.localLinkId}.${link.remoteLinkId ?? 0}`
  if (link.localAddresses !== undefined) part += `;if=${[...link.localAddresses].sort().join('+')}`
  if (link.remoteAddresses !== undefined) part += `;nbr=${[...link.remoteAddresses].sort().join('+')}`
  if (link.multiTopologyId) part += `;mt=${link.multiTopologyId}`
  return part
}
