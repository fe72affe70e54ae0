/** Where a node stands, in steps of one link. */
export interface Point {
  readonly x: number
  readonly y: number
}

/**
 * Stress layout: distances on paper like distances in links, by stochastic gradient descent with a
 * falling step (Zheng, Pawar, Goodman 2019). The order of the pairs comes from a fixed seed, so the
 * same network is always drawn the same way.
 */
export function layout(count: number, edges: readonly { readonly from: number; readonly to: number }[]): Point[] {
  const x = Float64Array.from({ length: count }, (_, i) => Math.cos(i * 2.4) * Math.sqrt(i + 1))
  const y = Float64Array.from({ length: count }, (_, i) => Math.sin(i * 2.4) * Math.sqrt(i + 1))
  const pairs = pairsOf(count, edges)
  const rounds = pairs.length > 400_000 ? 12 : 40
  let state = 1
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const far = pairs.reduce((most, pair) => Math.max(most, pair.hops), 1)
  for (let round = 0; round < rounds; round += 1) {
    const step = far * far * Math.exp((-round / Math.max(1, rounds - 1)) * Math.log(far * far * 20))
    for (let i = pairs.length - 1; i > 0; i -= 1) {
      const j = random(i + 1)
      const swapped = pairs[i]
      pairs[i] = pairs[j] as (typeof pairs)[number]
      pairs[j] = swapped as (typeof pairs)[number]
    }
    for (const { a, b, hops } of pairs) {
      const dx = (x[a] as number) - (x[b] as number)
      const dy = (y[a] as number) - (y[b] as number)
      const length = Math.hypot(dx, dy) || 1e-6
      const move = (Math.min(1, step / (hops * hops)) * (length - hops)) / length / 2
      x[a] = (x[a] as number) - dx * move
      y[a] = (y[a] as number) - dy * move
      x[b] = (x[b] as number) + dx * move
      y[b] = (y[b] as number) + dy * move
    }
  }
  return upright(x, y)
}

/** Every pair that hangs together, with its distance in links; from at most 200 nodes when there are many. */
function pairsOf(count: number, edges: readonly { readonly from: number; readonly to: number }[]) {
  const near = Array.from({ length: count }, (): number[] => [])
  for (const { from, to } of edges) {
    near[from]?.push(to)
    near[to]?.push(from)
  }
  const pairs: { a: number; b: number; hops: number }[] = []
  const stride = Math.max(1, Math.floor(count / 200))
  for (let root = 0; root < count; root += 1) {
    const limit = root % stride === 0 ? Number.POSITIVE_INFINITY : 2
    const hops = new Map([[root, 0]])
    const queue = [root]
    for (let at = 0; at < queue.length; at += 1) {
      const node = queue[at] as number
      const next = (hops.get(node) ?? 0) + 1
      if (next > limit) break
      for (const other of near[node] ?? []) {
        if (hops.has(other)) continue
        hops.set(other, next)
        queue.push(other)
        if (other > root || root % stride === 0) pairs.push({ a: root, b: other, hops: next })
      }
    }
    // Parts that do not hang together are kept apart from the first node.
    if (root > 0 && pairs.every((pair) => pair.b !== root && pair.a !== root)) pairs.push({ a: 0, b: root, hops: 4 })
  }
  return pairs
}

/** Turned so that the longer side lies flat, node 0 on the left. */
function upright(x: Float64Array, y: Float64Array): Point[] {
  const count = Math.max(1, x.length)
  const mx = x.reduce((a, b) => a + b, 0) / count
  const my = y.reduce((a, b) => a + b, 0) / count
  let xx = 0
  let yy = 0
  let xy = 0
  x.forEach((value, i) => {
    const dx = value - mx
    const dy = (y[i] as number) - my
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  })
  const angle = Math.atan2(2 * xy, xx - yy) / 2
  const turn = (i: number): Point => {
    const dx = (x[i] as number) - mx
    const dy = (y[i] as number) - my
    return { x: dx * Math.cos(angle) + dy * Math.sin(angle), y: dy * Math.cos(angle) - dx * Math.sin(angle) }
  }
  const points = Array.from(x, (_, i) => turn(i))
  const flip = (points[0]?.x ?? 0) > 0 ? -1 : 1
  return points.map((point) => ({ x: point.x * flip, y: point.y }))
}
