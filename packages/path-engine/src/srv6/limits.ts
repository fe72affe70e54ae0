import type { Msd } from '@segchain/records'

/** What a node can do with an SRH, by RFC 9352 §4; all counts of 128-bit entries. */
export interface Srv6Limits {
  /** Type 41: the greatest Segments Left with which it takes a packet as an endpoint. */
  readonly maxSegmentsLeft: number
  /** Type 42: entries of an SRH that it can pop by PSP or USP. */
  readonly maxEndPop: number
  /** Type 44: entries of the SRH that it can push. */
  readonly maxHEncaps: number
  /** Type 45: entries of an SRH that it can take off with the outer header. */
  readonly maxEndD: number
}

/**
 * RFC 9352 §4: a type that is not advertised counts as 0. A node that advertises none of the four says nothing
 * of SRv6 at all: then `undefined`, and nothing is checked.
 */
export function srv6LimitsOf(msds: readonly Msd[] | undefined): Srv6Limits | undefined {
  const value = (type: number): number | undefined => msds?.find((msd) => msd.type === type)?.value
  const [maxSegmentsLeft, maxEndPop, maxHEncaps, maxEndD] = [value(41), value(42), value(44), value(45)]
  if (maxSegmentsLeft === undefined && maxEndPop === undefined && maxHEncaps === undefined && maxEndD === undefined) {
    return undefined
  }
  return {
    maxSegmentsLeft: maxSegmentsLeft ?? 0,
    maxEndPop: maxEndPop ?? 0,
    maxHEncaps: maxHEncaps ?? 0,
    maxEndD: maxEndD ?? 0,
  }
}
