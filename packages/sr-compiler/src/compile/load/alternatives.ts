import type { Steered } from '../steered.js'

/** A Steering once for each of its segment lists; once where it has one list. */
export function alternativesOf(one: Steered): readonly (Steered & { readonly weight: number })[] {
  return one.lists?.map(({ weight, chosen }) => ({ ...one, chosen, weight })) ?? [{ ...one, weight: 1 }]
}
