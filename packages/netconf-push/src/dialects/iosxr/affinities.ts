import type { Affinity } from '@segchain/records'
import { type ClaimedLiteral, claimed } from '../../model/index.js'

/** Entries of the affinity map of a process. */
export function mapEntries(element: string, affinities: readonly Affinity[]): ClaimedLiteral[] {
  return affinities.map(({ name, bit }) =>
    claimed({ element }, { 'affinity-attribute-name': name, 'bit-position': String(bit) }),
  )
}

/** Names as IS-IS has them. */
export function namesOf(affinities: readonly Affinity[]): string[] {
  return affinities.map(({ name }) => name)
}

/** Names as OSPF has them. */
export function attributesOf(affinities: readonly Affinity[]) {
  return {
    'affinity-attributes': {
      'affinity-attribute': affinities.map(({ name }) => ({ 'affinity-attribute-name': name })),
    },
  }
}
