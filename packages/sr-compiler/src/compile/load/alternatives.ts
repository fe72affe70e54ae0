interface WithLists<C> {
  readonly chosen: C
  /** Several weighted segment lists; `chosen` is the first of them. */
  readonly lists?: readonly { readonly weight: number; readonly chosen: C }[]
}

/** A Steering, on either data plane, once for each of its segment lists; once where it has one list. */
export function alternativesOf<C, S extends WithLists<C>>(
  one: S & WithLists<C>,
): readonly (S & { readonly weight: number })[] {
  return one.lists?.map(({ weight, chosen }) => ({ ...one, chosen, weight })) ?? [{ ...one, weight: 1 }]
}
