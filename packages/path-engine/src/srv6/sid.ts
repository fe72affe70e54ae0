import type { Srv6SidStructure } from '@segchain/records'
import { bitsAt, formatIpv6, type Ipv6Prefix, prefixBits } from './address.js'
import type { Behavior } from './behaviors.js'

/** A SID that a node has, or will have. */
export interface Srv6Sid {
  readonly node: number
  /** Argument bits zero. */
  readonly sid: bigint
  /** Absent when nobody tells it: then the SID cannot be compressed. */
  readonly structure?: Srv6SidStructure
  readonly behavior: Behavior
  readonly algorithm: number
  /** Of an End.X: the link, and the router at its other end. */
  readonly link?: number
  readonly to?: number
  /** Who wants it, for messages. */
  readonly owner: string
  readonly service?: string
}

/** A locator: a prefix that leads to the nodes that have it, by the paths of its algorithm (RFC 9352 §7.1). */
export interface Locator {
  readonly prefix: Ipv6Prefix
  readonly algorithm: number
  readonly members: readonly { readonly node: number; readonly cost: number }[]
  readonly owner: string
  readonly service?: string
}

/** The bits of locator node and function together: the length of the C-SID (RFC 9800 §4, LNFL). */
export function csidBits({ locatorNodeBits, functionBits }: Srv6SidStructure): number {
  return locatorNodeBits + functionBits
}

/** Bits in front of the argument; a SID without a structure is all of its 128 bits. */
export function matchLength({ structure, behavior }: Pick<Srv6Sid, 'structure' | 'behavior'>): number {
  if (structure === undefined) return 128
  // RFC 9800 §5.3: a compressed SID is installed without its argument; others take what their structure says.
  if (behavior.csid !== undefined) return structure.locatorBlockBits + csidBits(structure)
  return structure.argumentBits === 0 ? 128 : 128 - structure.argumentBits
}

export function matches(sid: Srv6Sid, address: bigint): boolean {
  const length = matchLength(sid)
  return prefixBits(address, length) === prefixBits(sid.sid, length)
}

/** The C-SID itself. */
export function csidOf(sid: Srv6Sid, structure: Srv6SidStructure): bigint {
  return bitsAt(sid.sid, structure.locatorBlockBits, csidBits(structure))
}

export function formatSid(sid: Srv6Sid): string {
  return formatIpv6(sid.sid)
}

/** RFC 9514 §8: the parts are in an address; a compressed SID has a part that can move. */
export function structureFits(structure: Srv6SidStructure): boolean {
  const { locatorBlockBits, argumentBits } = structure
  return locatorBlockBits + csidBits(structure) + argumentBits <= 128 && csidBits(structure) > 0
}
