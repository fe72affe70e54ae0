// The graphs of the comparison, the same for every contender: made here, from a seed, handed over as text.

/** A small linear congruential generator: the same numbers everywhere. */
export function randomOf(seed) {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const integer = (random, most) => 1 + Math.floor(random() * most)

function grid(side, random) {
  const edges = []
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const at = row * side + column
      if (column + 1 < side) edges.push([at, at + 1, integer(random, 100)])
      if (row + 1 < side) edges.push([at, at + side, integer(random, 100)])
    }
  }
  return { nodes: side * side, edges }
}

/** Nodes on a plane, each linked to near ones; a tree of shortest links first, so that it hangs together. */
export function plane(nodes, links, random) {
  const points = Array.from({ length: nodes }, () => [random(), random()])
  const edges = []
  const seen = new Set()
  const add = (a, b) => {
    const key = a < b ? `${a}-${b}` : `${b}-${a}`
    if (a === b || seen.has(key)) return
    seen.add(key)
    const [xa, ya] = points[a]
    const [xb, yb] = points[b]
    edges.push([a, b, Math.max(1, Math.floor(Math.hypot(xa - xb, ya - yb) * 10_000))])
  }
  const cells = Math.max(1, Math.floor(Math.sqrt(nodes / 8)))
  const cellOf = ([x, y]) =>
    Math.min(cells - 1, Math.floor(x * cells)) * cells + Math.min(cells - 1, Math.floor(y * cells))
  const members = Array.from({ length: cells * cells }, () => [])
  for (let node = 0; node < nodes; node += 1) members[cellOf(points[node])].push(node)
  for (let node = 1; node < nodes; node += 1) {
    let best = -1
    for (let tries = 0; tries < 20; tries += 1) {
      const other = Math.floor(random() * node)
      const near = (n) => Math.hypot(points[n][0] - points[node][0], points[n][1] - points[node][1])
      if (best < 0 || near(other) < near(best)) best = other
    }
    add(node, best)
  }
  while (edges.length < links) {
    const node = Math.floor(random() * nodes)
    const near = members[cellOf(points[node])]
    add(
      node,
      near.length > 1 && random() < 0.95 ? near[Math.floor(random() * near.length)] : Math.floor(random() * nodes),
    )
  }
  return { nodes, edges }
}

/** A long, thin network: a tree and a few more links (754 nodes, 899 links, as Kdl of the Topology Zoo has). */
function thin(nodes, links, random) {
  const edges = []
  for (let node = 1; node < nodes; node += 1)
    edges.push([node, Math.max(0, node - integer(random, 6)), integer(random, 100)])
  while (edges.length < links) {
    const node = Math.floor(random() * nodes)
    edges.push([node, Math.min(nodes - 1, node + integer(random, 30)), integer(random, 100)])
  }
  return { nodes, edges: edges.filter(([a, b]) => a !== b) }
}

export const graphs = {
  'thin-754': () => thin(754, 899, randomOf(1)),
  'mesh-315': () => plane(315, 972, randomOf(2)),
  'grid-32x32': () => grid(32, randomOf(3)),
  'plane-5000': () => plane(5000, 20_000, randomOf(4)),
}

/** Both directions, sorted, as path-engine builds them. */
export function toGraph({ nodes, edges }, rowsOf) {
  const links = edges
    .flatMap(([from, to, igpMetric]) => [
      { from, to, record: { protocol: 'isis-l2', igpMetric } },
      { from: to, to: from, record: { protocol: 'isis-l2', igpMetric } },
    ])
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .map((link, index) => ({ ...link, index }))
  return {
    instance: { protocol: 'isis-l2', instanceId: '0' },
    multiTopologyId: 0,
    nodes: Array.from({ length: nodes }, (_, index) => ({
      index,
      id: String(index),
      pseudonode: false,
      overload: false,
      srgb: [],
    })),
    links,
    indexOfNode: new Map(),
    leftOut: [],
    ...rowsOf(nodes, links),
  }
}
