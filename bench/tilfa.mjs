// TI-LFA of 1,000 nodes and 2,000 links: seconds, and how many shortest-path searches it took.
import {
  coverageOf,
  DistanceCache,
  flexAlgoTopology,
  igpTopology,
  repairsOf,
  rowsOf,
} from '../packages/path-engine/dist/src/index.js'
import { plane, randomOf, toGraph } from './graph/graphs.mjs'

const graph = coloured(toGraph(plane(1000, 2000, randomOf(5)), rowsOf))
const count = graph.nodes.length
const definition = { metricType: 0, calculationType: 0, priority: 128, prefixMetric: false, includeAny: [] }
const topologies = new Map([
  ['0', igpTopology(graph)],
  [
    '128, 9 of 10 links',
    flexAlgoTopology(graph, 128, { ...definition, includeAll: [], excludeAny: [0], excludeSrlgs: [] }, everybody()),
  ],
])
console.log(`TI-LFA, ${count} nodes, ${graph.links.length / 2} links; SPFs before a failure + after one`)
for (const [algorithm, topology] of topologies) {
  const [busiest] = [...graph.nodes].sort((a, b) => degree(topology, b.index) - degree(topology, a.index))
  row(`algorithm ${algorithm}: one root, each of its links`, topology, [busiest.index], 'link')
  for (const protection of ['link', 'node', 'srlg']) {
    const roots = graph.nodes.map(({ index }) => index)
    row(`algorithm ${algorithm}: every root, every ${protection}`, topology, roots, protection)
  }
}

function row(title, topology, roots, protection) {
  const distances = new DistanceCache(topology)
  const begin = performance.now()
  const repairs = roots.flatMap((root) =>
    linksOf(topology, root).flatMap((link) => repairsOf(distances, link, protection)),
  )
  const seconds = ((performance.now() - begin) / 1000).toFixed(2)
  const { bySegments, ...coverage } = coverageOf(repairs)
  const searches = `${distances.runs} + ${distances.runsAfter}`
  const usual = roots.length === 1 ? ` (three for each node would be ${3 * count})` : ''
  console.log(`${title.padEnd(52)} ${seconds.padStart(6)} s  ${searches} SPFs${usual}`)
  console.log(`  ${repairs.length} repairs: ${JSON.stringify(coverage)}, by number of segments ${bySegments.join(' ')}`)
}

function linksOf(topology, root) {
  const links = []
  for (let link = graph.offsets[root]; link < graph.offsets[root + 1]; link += 1)
    if (topology.weights[link] !== Number.POSITIVE_INFINITY) links.push(link)
  return links
}

function degree(topology, node) {
  return linksOf(topology, node).length
}

/** Both directions of a link are in one of 400 SRLGs, and one link in ten has colour 0. */
function coloured(made) {
  const random = randomOf(6)
  const values = new Map()
  for (const link of made.links) {
    const key = [link.from, link.to].sort((a, b) => a - b).join()
    if (!values.has(key))
      values.set(key, { srlgs: [Math.floor(random() * 400)], adminGroups: random() < 0.1 ? [0] : [1] })
    Object.assign(link.record, values.get(key))
  }
  return made
}

function everybody() {
  return { source: 'legacy', whyAbsent: () => undefined }
}
