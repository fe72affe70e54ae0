import type { PrefixSidEntry } from '@segchain/path-engine'
import type { Steered } from '../steered.js'
import type { Way } from './stages.js'
import type { Visit } from './subject.js'

/** `isOwn`: packets of the chain come to this node without a failure too. */
type WayOf = (sid: PrefixSidEntry, from: number, isOwn: boolean) => Way | undefined

/** Nodes where packets may be, and the delay of the slowest branch to each. */
interface Places {
  readonly nodes: readonly number[]
  readonly delays: readonly number[]
}

/**
 * What the packets of a chain meet, segment after segment, on all branches. Undefined where a segment cannot be
 * reached: what happens then is for the walk of labels to say.
 */
export function followSegments({ headend, chosen }: Steered, wayOf: WayOf): Visit | undefined {
  const { entries } = chosen.stack
  const reached: (readonly number[])[] = []
  let own: readonly number[] = [headend.node.index]
  let places: Places = { nodes: own, delays: [0] }
  let isMoved = false
  for (const { sid, ends } of entries) {
    const next = placesAfter(places, sid, own, wayOf)
    if (next === undefined) return undefined
    isMoved ||= sid.service !== undefined && !isSameSet(next.nodes, ends)
    reached.push(next.nodes)
    places = next
    own = ends
  }
  const delayUs = Math.max(...places.delays)
  const told = Number.isNaN(delayUs) ? {} : { delayUs }
  return isMoved ? { ...told, served: servedBy(entries, reached) } : told
}

function placesAfter(
  { nodes, delays }: Places,
  sid: PrefixSidEntry,
  own: readonly number[],
  wayOf: WayOf,
): Places | undefined {
  const next: number[] = []
  const sums: number[] = []
  for (let i = 0; i < nodes.length; i += 1) {
    const node = nodes[i] as number
    const way = wayOf(sid, node, own.includes(node))
    if (way === undefined || way.ends.length === 0) return undefined
    // Its own label does not come to a router that asked its neighbours to pop it (`forward`).
    if (way.ends.includes(node) && sid.members.some((one) => one.node === node && one.lastHop !== 'no-php'))
      return undefined
    for (let j = 0; j < way.ends.length; j += 1) {
      const end = way.ends[j] as number
      const sum = (delays[i] as number) + (way.delays[j] as number)
      const at = next.indexOf(end)
      if (at < 0) {
        next.push(end)
        sums.push(sum)
      } else sums[at] = Math.max(sums[at] as number, sum)
    }
  }
  return { nodes: next, delays: sums }
}

function servedBy(
  entries: Steered['chosen']['stack']['entries'],
  reached: readonly (readonly number[])[],
): ReadonlyMap<string, ReadonlySet<number>> {
  const served = new Map<string, Set<number>>()
  entries.forEach(({ sid: { service } }, i) => {
    if (service !== undefined) served.set(service, new Set([...(served.get(service) ?? []), ...(reached[i] ?? [])]))
  })
  return served
}

/** Both without a number twice. */
function isSameSet(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one))
}
