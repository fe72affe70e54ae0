import type { Graph, GraphNode } from '../graph/graph.js'
import type { AlgorithmTopology } from './algorithm-topology.js'

/**
 * Of joined instances, what routers of one of them compute: the links of the others are not there, and a router may
 * be overloaded in one level and not in another (each level has its own LSP, ISO 10589 §7.2.8.1).
 */
export function scopedTopology(topology: AlgorithmTopology, scope: number): AlgorithmTopology {
  const ofLink = topology.graph.joined?.ofLink
  if (ofLink === undefined) return topology
  const weights = topology.weights.map((weight, link) => (ofLink[link] === scope ? weight : Number.POSITIVE_INFINITY))
  return { ...topology, graph: scopedGraph(topology.graph, scope), weights }
}

const known = new WeakMap<Graph, Map<number, Graph>>()

function scopedGraph(graph: Graph, scope: number): Graph {
  const scoped = known.get(graph) ?? new Map<number, Graph>()
  known.set(graph, scoped)
  const made = scoped.get(scope) ?? withOverloadOf(graph, scope)
  scoped.set(scope, made)
  return made
}

function withOverloadOf(graph: Graph, scope: number): Graph {
  const isOverloaded = ({ index }: GraphNode): boolean => graph.joined?.overloadIn[index]?.includes(scope) ?? false
  if (graph.nodes.every((node) => node.overload === isOverloaded(node))) return graph
  return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, overload: isOverloaded(node) })) }
}
