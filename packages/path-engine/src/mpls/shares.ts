import type { Walk } from './services-visited.js'

/** How much of the traffic that enters a walk at its head comes where. */
export interface Shares {
  /** By link number; each hop splits evenly over its next links (as ECMP by hash does on average). */
  readonly links: ReadonlyMap<number, number>
  /** By service and node: `service|node`. */
  readonly services: ReadonlyMap<string, number>
}

/** Undefined when the walk goes in circles. */
export function sharesOf(walk: Walk): Shares | undefined {
  if (walk.loop) return undefined
  const count = walk.hops.length
  const incoming = new Int32Array(count)
  for (const hop of walk.hops) for (const next of hop.next) incoming[next] = (incoming[next] ?? 0) + 1
  const share = new Float64Array(count)
  const links = new Map<number, number>()
  const services = new Map<string, number>()
  if (count > 0) share[0] = 1
  const open = walk.hops.flatMap((_, i) => (incoming[i] === 0 ? [i] : []))
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const hop = walk.hops[at]
    if (hop === undefined) continue
    const own = share[at] ?? 0
    if (hop.action === 'service' && hop.sid?.service !== undefined) {
      const key = `${hop.sid.service}|${hop.node}`
      services.set(key, (services.get(key) ?? 0) + own)
    }
    const each = own / Math.max(1, hop.next.length)
    for (const [i, next] of hop.next.entries()) {
      const link = hop.links[i] ?? -1
      if (link >= 0) links.set(link, (links.get(link) ?? 0) + each)
      share[next] = (share[next] ?? 0) + each
      incoming[next] = (incoming[next] ?? 0) - 1
      if (incoming[next] === 0) open.push(next)
    }
  }
  return { links, services }
}
