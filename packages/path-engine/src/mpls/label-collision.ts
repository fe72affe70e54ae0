import { parseIpv6 } from '../srv6/address.js'
import type { PrefixSidEntry } from './prefix-sids.js'

/**
 * The order in which segments that ask for the same label get it, RFC 8660 §2.5.1: IPv4 before IPv6, then the shorter
 * prefix, the smaller prefix, the smaller topology (a graph has one), the smaller algorithm. Losers have no label at
 * all, here and in the labels of others (§2.6).
 */
export function compareFecs(a: PrefixSidEntry, b: PrefixSidEntry): number {
  const one = fecOf(a)
  const other = fecOf(b)
  return (
    one.family - other.family ||
    one.length - other.length ||
    (one.address < other.address ? -1 : one.address > other.address ? 1 : 0) ||
    a.algorithm - b.algorithm
  )
}

function fecOf({ prefix }: PrefixSidEntry): { family: number; length: number; address: bigint } {
  const [address = '', length = ''] = prefix.split('/')
  return address.includes(':')
    ? { family: 6, length: Number(length), address: parseIpv6(address) ?? 0n }
    : { family: 4, length: Number(length), address: parseIpv4(address) }
}

function parseIpv4(text: string): bigint {
  return text.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n)
}
