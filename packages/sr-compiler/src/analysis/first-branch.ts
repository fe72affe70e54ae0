import type { Walk } from '@segchain/path-engine'

/** The services that a packet meets on the first of its branches: what the others are held against. */
export function servicesOfFirstBranch(walk: Walk): string[] {
  const services: string[] = []
  let at = 0
  // A walk without a circle has no more steps than hops.
  for (let steps = 0; steps < walk.hops.length; steps += 1) {
    const hop = walk.hops[at]
    if (hop?.action === 'service' && hop.sid?.service !== undefined) services.push(hop.sid.service)
    const [next] = hop?.next ?? []
    if (next === undefined) break
    at = next
  }
  return services
}
