import { bothDirections } from './directions.js'
import type { Graph } from './graph.js'

const known = new WeakMap<Graph, ReadonlyMap<number, ReadonlySet<number>>>()

/** By SRLG: its links. A fibre that is cut carries nothing in either direction, also where one end alone tells the group. */
export function sharedRisks(graph: Graph): ReadonlyMap<number, ReadonlySet<number>> {
  const risks = known.get(graph) ?? collect(graph)
  known.set(graph, risks)
  return risks
}

function collect(graph: Graph): ReadonlyMap<number, ReadonlySet<number>> {
  const fibre = bothDirections(graph)
  const ofFibre = new Map<number, number[]>()
  fibre.forEach((first, link) => {
    ofFibre.set(first, [...(ofFibre.get(first) ?? []), link])
  })
  const risks = new Map<number, Set<number>>()
  for (const { index, record } of graph.links) {
    for (const srlg of record.srlgs ?? []) {
      const links = risks.get(srlg) ?? new Set<number>()
      risks.set(srlg, links)
      for (const link of ofFibre.get(fibre[index] as number) ?? []) links.add(link)
    }
  }
  return new Map([...risks].sort(([a], [b]) => a - b))
}
