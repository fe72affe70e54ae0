import { Heap } from './heap.js'

/** A way that was found, and what it uses of what may not be shared. */
export interface Route {
  readonly cost: number
  /** Names of resources: links, nodes, SRLGs. */
  readonly uses: ReadonlySet<string>
}

/** Somebody who needs a way. */
export interface Traveller<W extends Route> {
  /** The cheapest way without these resources; undefined when there is none. The same for the same set. */
  readonly cheapest: (excluded: ReadonlySet<string>) => W | undefined
}

export type DisjointWalks<W extends Route> =
  | { readonly walks: readonly W[] }
  /** `proven`: there is no such set of ways. Otherwise the search was given up. */
  | { readonly walks: undefined; readonly proven: boolean }

/** States that are looked at before the search is given up: the problem is NP-hard with SRLGs. */
const MAX_STATES = 4_000

interface State<W> {
  readonly excluded: readonly ReadonlySet<string>[]
  readonly walks: readonly W[]
  readonly cost: number
}

/**
 * The cheapest ways, one for each traveller, of which no two that must keep apart share a resource. Best first over
 * what is excluded from whom: where two ways share a resource, one of the two has to do without it, and both cases are
 * looked at. So the first state without a conflict is the cheapest of all, whatever the levels, services and bounds in
 * `cheapest` are (conflict-based search, Sharon et al., Artificial Intelligence 219, 2015).
 */
export function disjointWalks<W extends Route>(
  travellers: readonly Traveller<W>[],
  apart: (a: number, b: number) => boolean = () => true,
  maxStates = MAX_STATES,
): DisjointWalks<W> {
  const pair = (walks: readonly W[]): Conflict | undefined => {
    const found = firstConflict(walks, apart)
    return found === undefined ? undefined : { resource: found.resource, among: [found.a, found.b] }
  }
  return searchWalks(travellers, pair, maxStates)
}

/** A resource that not all of these travellers can have. */
export interface Conflict {
  readonly resource: string
  readonly among: readonly number[]
}

/** The same for any kind of conflict: at least one of those `among` it has to do without the resource. */
export function searchWalks<W extends Route>(
  travellers: readonly Traveller<W>[],
  conflictOf: (walks: readonly W[]) => Conflict | undefined,
  maxStates = MAX_STATES,
): DisjointWalks<W> {
  const none = new Set<string>()
  const first = travellers.map((traveller) => traveller.cheapest(none))
  const walks = first.filter((walk) => walk !== undefined)
  if (walks.length < travellers.length) return { walks: undefined, proven: true }
  // Of equal ones the one with fewer exclusions is not preferred; the older one is good enough.
  const open = new Heap<State<W>>((a, b) => a.cost < b.cost)
  open.push({ excluded: travellers.map(() => none), walks, cost: total(walks) })
  const seen = new Set<string>()
  for (let looked = 0; looked < maxStates; looked += 1) {
    const state = open.pop()
    if (state === undefined) return { walks: undefined, proven: true }
    const conflict = conflictOf(state.walks)
    if (conflict === undefined) return { walks: state.walks }
    for (const who of conflict.among) {
      const without = new Set([...(state.excluded[who] ?? none), conflict.resource])
      const excluded = state.excluded.map((set, i) => (i === who ? without : set))
      const key = excluded.map((set) => [...set].sort().join(',')).join('|')
      if (seen.has(key)) continue
      seen.add(key)
      const walk = travellers[who]?.cheapest(without)
      if (walk === undefined) continue
      const next = state.walks.map((old, i) => (i === who ? walk : old))
      open.push({ excluded, walks: next, cost: total(next) })
    }
  }
  return { walks: undefined, proven: false }
}

/** The resource that two ways share, and whose they are. */
export function firstConflict(
  walks: readonly Route[],
  apart: (a: number, b: number) => boolean = () => true,
): { readonly a: number; readonly b: number; readonly resource: string } | undefined {
  for (let a = 0; a < walks.length; a += 1) {
    for (let b = a + 1; b < walks.length; b += 1) {
      if (!apart(a, b)) continue
      for (const resource of walks[a]?.uses ?? []) if (walks[b]?.uses.has(resource)) return { a, b, resource }
    }
  }
  return undefined
}

function total(walks: readonly Route[]): number {
  return walks.reduce((sum, walk) => sum + walk.cost, 0)
}
