import { prefixNumber } from './prefix-number.js'
import type { PrefixSidEntry } from './prefix-sids.js'

/**
 * The order in which segments that ask for the same label get it, RFC 8660 §2.5.1: IPv4 before IPv6, then the shorter
 * prefix, the smaller prefix, the smaller topology (a graph has one), the smaller algorithm. Losers have no label at
 * all, here and in the labels of others (§2.6).
 */
export function compareFecs(a: PrefixSidEntry, b: PrefixSidEntry): number {
  const one = prefixNumber(a.prefix)
  const other = prefixNumber(b.prefix)
  return (
    one.family - other.family ||
    one.length - other.length ||
    (one.address < other.address ? -1 : one.address > other.address ? 1 : 0) ||
    a.algorithm - b.algorithm
  )
}
