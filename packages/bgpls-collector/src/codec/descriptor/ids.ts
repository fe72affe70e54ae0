import { createHash } from 'node:crypto'
import type { Protocol, UnknownTlv } from '@segchain/records'
import { appended } from '../lists.js'
import type { NodeDescriptor } from './node-descriptor.js'

/**
 * What stands before the id of a node that is not in the table of SAFI 71: `[0:65000:1]` of a VPN, `[spf]`.
 * The same object in two tables is two objects.
 */
export function scopeOf(table: { readonly routeDistinguisher?: string; readonly spf?: true }): string {
  if (table.routeDistinguisher !== undefined) return `[${table.routeDistinguisher}]`
  return table.spf === true ? '[spf]' : ''
}

/**
 * Ids of records. They are made of the NLRI alone, so that two speakers that report the same object
 * give it the same id, and a withdrawal finds it:
 *
 * node `isis-l2:0:65000:0000.0000.0001` (protocol, instance, AS, router-id, then what else the
 * descriptor has: `;area=0.0.0.0`), link `NODE>65000:0000.0000.0002;if=10.0.0.1;nbr=10.0.0.2`,
 * prefix `10.0.0.0/24@NODE`, SRv6 SID `fc00::1@NODE`. Tables other than SAFI 71: see {@link scopeOf}.
 *
 * The deprecated BGP-LS Identifier (513) and the multi-topology 0 count only when they are not 0:
 * a peer that sends 0 and one that sends nothing mean the same.
 *
 * This is the node without protocol and instance, as it stands behind `>` in the id of a link.
 */
export function localPart(node: NodeDescriptor): string {
  let id = `${node.asn ?? ''}:${node.routerId ?? ''}`
  if (node.bgpLsId) id += `;ls=${node.bgpLsId}`
  if (node.areaId !== undefined) id += `;area=${node.areaId}`
  if (node.bgpRouterId !== undefined) id += `;bgp=${node.bgpRouterId}`
  if (node.confederationAsn !== undefined) id += `;member=${node.confederationAsn}`
  return id + unknownPart(node.unknown)
}

/** `;x60000=0a0b` for each TLV of the key that has no name here (RFC 9552 §5.1: opaque comparison). */
export function unknownPart(tlvs: readonly UnknownTlv[] | undefined): string {
  if (tlvs === undefined || tlvs.length === 0) return ''
  const sorted = [...tlvs].sort((a, b) => a.code - b.code || (a.value < b.value ? -1 : 1))
  return sorted.map(({ code, value }) => `;x${code}=${shortHex(value)}`).join('')
}

/** Hex as it is, or its digest when it is long: ids have at most 1,024 characters. */
export function shortHex(hex: string): string {
  return hex.length <= 64 ? hex : `sha256-${createHash('sha256').update(hex).digest('hex').slice(0, 32)}`
}

/** The same for a text of which ids have at most some hundred characters. */
export function shortText(text: string): string {
  return text.length <= 256 ? text : `sha256-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
}

/** What a node's id says: its protocol, its instance and its descriptor. `undefined` for another form. */
export function parseNodeId(
  id: string,
): { readonly protocol: Protocol; readonly instanceId: string; readonly descriptor: NodeDescriptor } | undefined {
  const [main = '', ...options] = id.split(';')
  const match = /^(?:\[[^\]]*\])?([a-z0-9-]+):([0-9]+):([0-9]*):(.*)$/.exec(main)
  if (match === null) return undefined
  const [, protocol = '', instanceId = '0', asn = '', routerId = ''] = match
  const descriptor: NodeDescriptor = {}
  if (asn !== '') descriptor.asn = Number(asn)
  if (routerId !== '') descriptor.routerId = routerId
  for (const option of options) readOption(option, descriptor)
  return { protocol, instanceId, descriptor }
}

function readOption(option: string, into: NodeDescriptor): void {
  const [key = '', value = ''] = option.split('=')
  if (key === 'ls') into.bgpLsId = Number(value)
  else if (key === 'area') into.areaId = value
  else if (key === 'bgp') into.bgpRouterId = value
  else if (key === 'member') into.confederationAsn = Number(value)
  else if (/^x[0-9]+$/.test(key)) {
    into.unknown = appended(into.unknown, { code: Number(key.slice(1)), value })
  }
}

/**
 * Whether the link identifiers of a link came as an attribute (258 in attribute 29), not in its key:
 * an id of our own form shows which.
 */
export function identifiersAreAttribute({ id }: { readonly id: string }): boolean {
  return id.includes('>') && !id.includes(';ids=')
}
