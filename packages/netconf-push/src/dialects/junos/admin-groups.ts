import type { Affinity } from '@segchain/records'
import { type ClaimedLiteral, claimed } from '../../model/index.js'
import type { Unsupported } from '../dialect.js'

/** The affinity map: names and bits, for the whole device. */
export function adminGroups(element: string, affinities: readonly Affinity[]): ClaimedLiteral[] {
  return affinities.map(({ name, bit }) => claimed({ element }, { name, 'group-value': String(bit) }))
}

/** Flex-Algo definitions of Junos name the 32 groups of RFC 3630, not the extended ones. */
export function tooLarge(affinities: readonly Affinity[]): Unsupported | undefined {
  const extended = affinities.find(({ bit }) => bit > 31)
  if (extended === undefined) return undefined
  return { unsupported: `Junos has admin-groups 0 to 31 for Flex-Algo, and ${extended.name} is ${extended.bit}` }
}
