import type { LinkRecord, StubLinkRecord } from '@segchain/records'
import { unknownPart } from '../descriptor/ids.js'
import { appended } from '../lists.js'
import type { ByteReader } from '../reader.js'
import { hasUnknown, type NlriBase, type NlriContext, readNlri, unknownOf } from './base.js'

/** What is not there is `undefined`: one shape for all. */
interface LinkDescriptors {
  localLinkId: number | undefined
  remoteLinkId: number | undefined
  localAddresses: string[] | undefined
  remoteAddresses: string[] | undefined
  multiTopologyId: number | undefined
  remoteAsn: number | undefined
  remoteAsbrIds: string[] | undefined
  linkAddressFamily: string | undefined
}

/** RFC 9815 §5.2.2.1. */
export const linkAddressFamilies: readonly (string | undefined)[] = [undefined, 'ipv4', 'ipv6']

/** RFC 9552 §5.2.2. */
function readDescriptor(code: number, value: ByteReader, into: LinkDescriptors): boolean {
  switch (code) {
    case 258:
      into.localLinkId = value.u32()
      into.remoteLinkId = value.u32()
      return true
    case 259:
    case 261:
      into.localAddresses = appended(into.localAddresses, value.ip(code === 259 ? 4 : 16))
      return true
    case 260:
    case 262:
      into.remoteAddresses = appended(into.remoteAddresses, value.ip(code === 260 ? 4 : 16))
      return true
    case 263:
      // RFC 9552 §5.2.2.1: one MT-ID in a link NLRI; the upper 4 bits are reserved.
      into.multiTopologyId = value.u16() & 0x0fff
      return true
    case 270:
      into.remoteAsn = value.u32()
      return true
    case 271:
    case 272:
      into.remoteAsbrIds = appended(into.remoteAsbrIds, value.ip(code === 271 ? 4 : 16))
      return true
    case 1185: {
      const family = value.u8()
      into.linkAddressFamily = linkAddressFamilies[family] ?? `family-${family}`
      return true
    }
    default:
      return false
  }
}

/** NLRI type 2 (RFC 9552 §5.2, figure 8). */
export function decodeLinkNlri(reader: ByteReader, context: NlriContext): LinkRecord {
  const descriptors = noDescriptors()
  const base = readNlri(reader, context, readDescriptor, descriptors)
  const { protocol, instanceId, localId, remote } = base
  if (remote === undefined) {
    throw reader.error('MISSING_TLV', 'a link NLRI without Remote Node Descriptors (257), which are mandatory')
  }
  const record: LinkRecord = {
    kind: 'link',
    id: `${localId}>${remote.part}${descriptorPart(descriptors)}${unknownPart(base.unknown)}`,
    protocol,
    instanceId,
    localNode: localId,
    remoteNode: remote.id,
  }
  complete(record, base, descriptors)
  return record
}

/** NLRI type 7 (draft-ietf-idr-bgpls-inter-as-topology-ext): a link without a node at its other end. */
export function decodeStubLinkNlri(reader: ByteReader, context: NlriContext): StubLinkRecord {
  const descriptors = noDescriptors()
  const base = readNlri(reader, context, readDescriptor, descriptors)
  const record: StubLinkRecord = {
    kind: 'stub-link',
    id: `${base.localId}>stub${descriptorPart(descriptors)}${unknownPart(base.unknown)}`,
    protocol: base.protocol,
    instanceId: base.instanceId,
    ...base.table,
    localNode: base.localId,
  }
  complete(record, base, descriptors)
  return record
}

function noDescriptors(): LinkDescriptors {
  return {
    localLinkId: undefined,
    remoteLinkId: undefined,
    localAddresses: undefined,
    remoteAddresses: undefined,
    multiTopologyId: undefined,
    remoteAsn: undefined,
    remoteAsbrIds: undefined,
    linkAddressFamily: undefined,
  }
}

/** What is there, and nothing else; field by field, so that all links have the same few shapes. */
function complete(record: LinkRecord | StubLinkRecord, base: NlriBase, from: LinkDescriptors): void {
  const { routeDistinguisher, spf } = base.table
  if (routeDistinguisher !== undefined) record.routeDistinguisher = routeDistinguisher
  if (spf !== undefined) record.spf = spf
  if (from.localLinkId !== undefined) record.localLinkId = from.localLinkId
  if (from.remoteLinkId !== undefined) record.remoteLinkId = from.remoteLinkId
  if (from.localAddresses !== undefined) record.localAddresses = from.localAddresses
  if (from.remoteAddresses !== undefined) record.remoteAddresses = from.remoteAddresses
  if (from.multiTopologyId !== undefined) record.multiTopologyId = from.multiTopologyId
  if (from.remoteAsn !== undefined) record.remoteAsn = from.remoteAsn
  if (from.remoteAsbrIds !== undefined) record.remoteAsbrIds = from.remoteAsbrIds
  if (from.linkAddressFamily !== undefined) record.linkAddressFamily = from.linkAddressFamily
  if (hasUnknown(base)) Object.assign(record, unknownOf(base))
}

function descriptorPart(link: LinkDescriptors): string {
  let part = ''
  if (link.localLinkId !== undefined) part += `;ids=${link.localLinkId}.${link.remoteLinkId ?? 0}`
  if (link.localAddresses !== undefined) part += `;if=${sorted(link.localAddresses)}`
  if (link.remoteAddresses !== undefined) part += `;nbr=${sorted(link.remoteAddresses)}`
  if (link.remoteAsn !== undefined) part += `;as=${link.remoteAsn}`
  if (link.remoteAsbrIds !== undefined) part += `;asbr=${sorted(link.remoteAsbrIds)}`
  if (link.linkAddressFamily !== undefined) part += `;family=${link.linkAddressFamily}`
  if (link.multiTopologyId) part += `;mt=${link.multiTopologyId}`
  return part
}

/** The order in which a peer names addresses does not count. */
function sorted(addresses: readonly string[]): string {
  const [first = '', second = ''] = addresses
  if (addresses.length === 1) return first
  if (addresses.length === 2) return first < second ? `${first}+${second}` : `${second}+${first}`
  return [...addresses].sort().join('+')
}
