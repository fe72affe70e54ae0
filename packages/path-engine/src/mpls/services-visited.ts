/** What the walk of a packet consists of, on either data plane. */
export interface WalkHop {
  readonly node: number
  readonly action: string
  readonly sid?: { readonly service?: string }
  readonly why?: string
  /** Numbers of the hops that may come next, and the links that lead there (-1: it stays at the node). */
  readonly next: readonly number[]
  readonly links: readonly number[]
}

export interface Walk {
  readonly hops: readonly WalkHop[]
  readonly loop: boolean
}

/**
 * Why a traced packet does not do what its chain wants: on every branch the services in order, then
 * delivery at the endpoint. Undefined when it does, on every branch.
 */
export function whyNotInOrder(trace: Walk, services: readonly string[], endpoint: number): string | undefined {
  if (trace.loop) return 'a packet can go in circles'
  // What is still to be visited follows from the place in the order; every hop is looked at once for each count.
  const seen = new Set<string>()
  const open: { at: number; visited: number }[] = [{ at: 0, visited: 0 }]
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const hop: WalkHop | undefined = trace.hops[state.at]
    if (hop === undefined) return 'the trace was cut off'
    if (hop.action === 'drop' || hop.action === 'leave') return hop.why ?? 'a packet is dropped'
    let { visited } = state
    if (hop.action === 'service') {
      if (hop.sid?.service !== services[visited]) {
        return `a branch visits ${hop.sid?.service} where ${services[visited] ?? 'the endpoint'} comes next`
      }
      visited += 1
    }
    if (hop.action === 'deliver') {
      if (hop.node !== endpoint) return 'a branch ends at another node than the endpoint'
      if (visited < services.length) return `a branch does not visit ${services[visited]}`
    }
    for (const next of hop.next) {
      const key = `${next}|${visited}`
      if (seen.has(key)) continue
      seen.add(key)
      open.push({ at: next, visited })
    }
  }
  return undefined
}
