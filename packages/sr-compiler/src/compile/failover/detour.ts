import type { Graph, Routes } from '@segchain/path-engine'
import { delaysAlong, type Stage } from './stages.js'

/** What is not there any more. */
export interface Gone {
  readonly links: ReadonlySet<number>
  readonly nodes: ReadonlySet<number>
}

/**
 * The stage from one node after a failure, without computing everybody's routes: A* with the distances of before
 * the failure as the estimate, which a failure can only raise. So no more is looked at than the ways that are as
 * short as the detour. Only for weights above 0; `sinks`: those that are left, each of cost 0.
 */
export function detourFrom(
  graph: Graph,
  before: Routes,
  from: number,
  gone: Gone,
  sinks: ReadonlyMap<number, number>,
): Stage {
  const { distance: estimate, topology } = before
  const { weights, member } = topology
  const cost = new Map([[from, 0]])
  const settled: number[] = []
  const done = new Set<number>()
  const open = new Frontier()
  open.push(from, estimate[from] as number)
  let best = Number.POSITIVE_INFINITY
  for (let top = open.pop(); top !== undefined && top.estimate <= best; top = open.pop()) {
    const { node } = top
    if (done.has(node)) continue
    done.add(node)
    settled.push(node)
    const here = cost.get(node) ?? 0
    if (sinks.has(node)) best = Math.min(best, here)
    if (sinks.has(node) || (node !== from && graph.nodes[node]?.overload === true)) continue
    const end = graph.offsets[node + 1] as number
    for (let link = graph.offsets[node] as number; link < end; link += 1) {
      const to = graph.targets[link] as number
      const weight = weights[link] as number
      if (gone.links.has(link) || gone.nodes.has(to) || member[to] !== 1 || !Number.isFinite(weight)) continue
      const reached = here + weight
      if (reached >= (cost.get(to) ?? Number.POSITIVE_INFINITY)) continue
      cost.set(to, reached)
      open.push(to, reached + (estimate[to] as number))
    }
  }
  const onward = new Map<number, number[]>()
  // The nearest to the end first: what leads to a node on a shortest way by a link that is just as long is on one too.
  const byCost = settled.sort((a, b) => (cost.get(a) as number) - (cost.get(b) as number))
  for (const node of byCost.toReversed()) {
    const here = cost.get(node) as number
    if (sinks.has(node)) {
      if (here === best) onward.set(node, [])
      continue
    }
    if (node !== from && graph.nodes[node]?.overload === true) continue
    const links: number[] = []
    const end = graph.offsets[node + 1] as number
    for (let link = graph.offsets[node] as number; link < end; link += 1) {
      const to = graph.targets[link] as number
      if (gone.links.has(link) || !onward.has(to)) continue
      if (here + (weights[link] as number) === cost.get(to)) links.push(link)
    }
    if (links.length > 0) onward.set(node, links)
  }
  const order = byCost.filter((node) => onward.has(node))
  const left = new Map([...sinks].filter(([node]) => onward.has(node)))
  return {
    ...delaysAlong(graph, order, (node) => onward.get(node) ?? [], left),
    nodes: new Set(order),
    distance: best,
  }
}

/** A small binary heap; the estimate of what does not lead anywhere is Infinity, and it is left out. */
class Frontier {
  readonly #items: { readonly node: number; readonly estimate: number }[] = []

  push(node: number, estimate: number): void {
    if (!Number.isFinite(estimate)) return
    const items = this.#items
    let at = items.push({ node, estimate }) - 1
    const item = items[at] as { node: number; estimate: number }
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = items[parent] as { node: number; estimate: number }
      if (above.estimate <= estimate) break
      items[at] = above
      at = parent
    }
    items[at] = item
  }

  pop(): { readonly node: number; readonly estimate: number } | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (top === undefined || last === undefined || items.length === 0) return top
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      const [left, right] = [items[child], items[child + 1]]
      if (left === undefined) break
      if (right !== undefined && right.estimate < left.estimate) child += 1
      const below = items[child] as { node: number; estimate: number }
      if (below.estimate >= last.estimate) break
      items[at] = below
      at = child
    }
    items[at] = last
    return top
  }
}
