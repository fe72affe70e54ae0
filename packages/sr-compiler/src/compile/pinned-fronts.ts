/** An instance that a pinned chain may visit: the host's own SID, then the label of the service. */
export interface Candidate<S> {
  readonly service: string
  readonly node: number
  readonly host: S
  readonly sid: S
}

/** A way to a place in the layered graph: (how many steps are done, at which node). */
export interface Place<S> {
  readonly node: number
  readonly skipped: number
  readonly cost: number
  /** Only counted where they are limited: the slowest branch, microseconds; SIDs in the list. */
  readonly delayUs: number
  readonly depth: number
  readonly before: Place<S> | undefined
  readonly candidate?: Candidate<S>
}

/** What a list may need at most; with none of them the cheapest way to each place is enough. */
export interface PinnedLimits {
  readonly delayUs?: number
  readonly depth?: number
}

/** More ways to one place than this are not kept: of more the dear ones go, but not the last, which is the best in something else. */
const MOST_WAYS = 256

/** By node the ways that are worth going on with. */
export class Fronts<S> {
  readonly #limits: PinnedLimits
  readonly #isLimited: boolean
  #ways = new Map<number, Place<S>[]>()

  constructor(limits: PinnedLimits) {
    this.#limits = limits
    this.#isLimited = limits.delayUs !== undefined || limits.depth !== undefined
  }

  clear(): void {
    this.#ways = new Map()
  }

  places(): readonly Place<S>[] {
    return [...this.#ways.values()].flat()
  }

  isWithin({ delayUs, depth }: Pick<Place<S>, 'delayUs' | 'depth'>): boolean {
    const { delayUs: most = Number.POSITIVE_INFINITY, depth: deepest = Number.POSITIVE_INFINITY } = this.#limits
    return delayUs <= most && depth <= deepest
  }

  /** Of equal ways the first stays. */
  offer(place: Place<S>): void {
    const known = this.#ways.get(place.node) ?? []
    if (!this.isWithin(place) || known.some((one) => this.#isAsGood(one, place))) return
    const rest = known.filter((one) => !this.#isAsGood(place, one))
    const ways = [...rest, place].sort((a, b) => a.skipped - b.skipped || a.cost - b.cost)
    if (ways.length > MOST_WAYS) ways.splice(-2, 1)
    this.#ways.set(place.node, ways)
  }

  #isAsGood(one: Place<S>, other: Place<S>): boolean {
    if (!this.#isLimited)
      return one.skipped < other.skipped || (one.skipped === other.skipped && one.cost <= other.cost)
    return (
      one.skipped <= other.skipped &&
      one.cost <= other.cost &&
      (this.#limits.delayUs === undefined || one.delayUs <= other.delayUs) &&
      (this.#limits.depth === undefined || one.depth <= other.depth)
    )
  }
}
