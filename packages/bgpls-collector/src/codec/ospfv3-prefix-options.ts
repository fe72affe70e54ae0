import type { FlagNames } from './bits.js'

/** PrefixOptions of OSPFv3: AC of RFC 9513 §6, E of RFC 9089 §3, N of RFC 8362 §3.1, DN P LA NU of RFC 5340 §A.4.1.1. */
export const OSPFV3_PREFIX_OPTIONS: FlagNames = [
  'anycast',
  'elc',
  'node',
  'down',
  'propagate',
  undefined,
  'local-address',
  'no-unicast',
]
