import type { Graph } from '../graph/graph.js'
import type { Walk, WalkHop } from './services-visited.js'

/** The links' delays as the trace's packets meet them, in microseconds; undefined where one tells none. */
export function worstDelayUs(network: { readonly graph: Graph }, trace: Walk): number | undefined {
  const memo = new Map<number, number | undefined>()
  if (trace.loop) return undefined
  // Positions never fall along a branch and the trace has no loop, so a post-order walk ends.
  const order = postOrder(trace.hops)
  for (const at of order) memo.set(at, worstFrom(network, trace.hops[at], memo))
  return memo.get(0)
}

function worstFrom(
  network: { readonly graph: Graph },
  hop: WalkHop | undefined,
  memo: ReadonlyMap<number, number | undefined>,
): number | undefined {
  let worst = 0
  for (const [i, next] of (hop?.next ?? []).entries()) {
    const link = hop?.links[i] ?? -1
    const record = link < 0 ? undefined : network.graph.links[link]?.record
    const own = link < 0 ? 0 : (record?.minDelayUs ?? record?.delayUs)
    const rest = memo.get(next)
    if (own === undefined || rest === undefined) return undefined
    worst = Math.max(worst, own + rest)
  }
  return worst
}

function postOrder(hops: readonly WalkHop[]): number[] {
  const order: number[] = []
  const seen = new Uint8Array(hops.length)
  const stack: { at: number; next: number }[] = hops.length === 0 ? [] : [{ at: 0, next: 0 }]
  if (hops.length > 0) seen[0] = 1
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const child = hops[top.at]?.next[top.next]
    if (child === undefined) {
      order.push(top.at)
      stack.pop()
    } else {
      top.next += 1
      if (seen[child] !== 1) {
        seen[child] = 1
        stack.push({ at: child, next: 0 })
      }
    }
  }
  return order
}

/** Where the packets of a trace end: delivered or dropped. */
export function outcomes<T extends WalkHop>(trace: { readonly hops: readonly T[] }): readonly T[] {
  return trace.hops.filter((hop) => hop.next.length === 0)
}
