import {
  type LinkFields,
  type PrefixRecord,
  SegchainError,
  type SrPolicyPathRecord,
  type Srv6SidRecord,
} from '@segchain/records'
import { ipBytes } from '../address.js'
import { identifiersAreAttribute } from '../descriptor/ids.js'
import { addTePathDescriptors } from '../descriptor/te-path.js'
import type { TlvList } from '../tlv.js'
import { linkAddressFamilies } from './link.js'
import { bgpRouteTypes, ospfRouteTypes } from './prefix.js'

/** An address that is none becomes an error with the record's id, not bytes of zero. */
function addressBytes(address: string, record: { readonly id: string }): Buffer {
  const bytes = ipBytes(address)
  if (bytes !== undefined) return bytes
  throw new SegchainError({
    category: 'data',
    code: 'ADDRESS',
    message: `${record.id}: ${JSON.stringify(address)} is no IP address`,
  })
}

function addTopology(tlvs: TlvList, id: number | undefined): void {
  if (id !== undefined) tlvs.add(263, (value) => value.u16(id))
}

/** RFC 9552 §5.2.2. */
export function addLinkDescriptors(tlvs: TlvList, link: LinkFields): void {
  const { localLinkId, remoteLinkId, remoteAsn } = link
  if ((localLinkId !== undefined || remoteLinkId !== undefined) && !identifiersAreAttribute(link)) {
    tlvs.add(258, (value) => value.u32(localLinkId ?? 0).u32(remoteLinkId ?? 0))
  }
  const addresses = (list: readonly string[] | undefined, ipv4: number, ipv6: number) => {
    for (const address of list ?? []) {
      const bytes = addressBytes(address, link)
      tlvs.add(bytes.length === 4 ? ipv4 : ipv6, (value) => value.bytes(bytes))
    }
  }
  addresses(link.localAddresses, 259, 261)
  addresses(link.remoteAddresses, 260, 262)
  addTopology(tlvs, link.multiTopologyId)
  if (remoteAsn !== undefined) tlvs.add(270, (value) => value.u32(remoteAsn))
  addresses(link.remoteAsbrIds, 271, 272)
  const { linkAddressFamily } = link
  if (linkAddressFamily !== undefined) {
    tlvs.add(1185, (value) => value.u8(codeOf(linkAddressFamily, linkAddressFamilies)))
  }
}

/** RFC 9552 §5.2.3. */
export function addPrefixDescriptors(tlvs: TlvList, record: PrefixRecord): void {
  addTopology(tlvs, record.multiTopologyId)
  const { ospfRouteType, bgpRouteType } = record
  if (ospfRouteType !== undefined) tlvs.add(264, (value) => value.u8(codeOf(ospfRouteType, ospfRouteTypes)))
  if (bgpRouteType !== undefined) tlvs.add(535, (value) => value.u8(codeOf(bgpRouteType, bgpRouteTypes)))
  const [address = '', bits = ''] = record.prefix.split('/')
  const bytes = addressBytes(address, record)
  const length = Number(bits)
  if (!/^[0-9]{1,3}$/.test(bits) || length > bytes.length * 8) {
    throw new SegchainError({ category: 'data', code: 'PREFIX', message: `${record.id}: no prefix: ${record.prefix}` })
  }
  tlvs.add(265, (value) => value.u8(length).bytes(bytes.subarray(0, Math.ceil(length / 8))))
}

function codeOf(name: string, names: readonly (string | undefined)[]): number {
  const known = names.indexOf(name)
  return known > 0 ? known : Number(/^(?:type|family)-([0-9]+)$/.exec(name)?.[1] ?? 0)
}

/** RFC 9514 §6.1. */
export function addSrv6Descriptors(tlvs: TlvList, record: Srv6SidRecord): void {
  addTopology(tlvs, record.multiTopologyId)
  tlvs.add(518, (value) => value.bytes(addressBytes(record.sid, record)))
}

/** RFC 9857 §4. */
export function addPolicyDescriptor(tlvs: TlvList, record: SrPolicyPathRecord): void {
  addTePathDescriptors(tlvs, record)
  const { endpoint, originator } = record
  if (endpoint === undefined) return
  const to = addressBytes(endpoint, record)
  const from = addressBytes(originator ?? '0.0.0.0', record)
  tlvs.add(554, (value) => {
    value.u8(record.protocolOrigin ?? 0)
    value.u8((to.length === 16 ? 0x80 : 0) | (from.length === 16 ? 0x40 : 0)).u16(0)
    value.bytes(to).u32(record.color ?? 0)
    value
      .u32(record.originatorAsn ?? 0)
      .bytes(from)
      .u32(record.discriminator ?? 0)
  })
}
