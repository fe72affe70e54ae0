import { bothDirections, formatInstanceKey, type Graph, linkAt, nodeAt, nodeName } from '@segchain/path-engine'
import { allCrossed } from '../compile/crossed-links.js'
import { alternativesOf } from '../compile/load/alternatives.js'
import type { Model } from '../compile/model.js'
import { policyKey } from '../compile/steered.js'

/** A network as it is drawn: undirected edges between routers and LANs, chains over them. */
export interface Drawing {
  readonly title: string
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly DrawnEdge[]
  readonly chains: readonly DrawnChain[]
}

export interface DrawnNode {
  readonly id: string
  readonly name: string
  readonly lan: boolean
  /** Services with an instance here. */
  readonly services: readonly string[]
  readonly role?: 'headend' | 'endpoint'
}

export interface DrawnEdge {
  readonly from: number
  readonly to: number
  /** IGP metric, of each direction where they differ. */
  readonly metric: string
  readonly delayUs?: number
  readonly affinities: readonly string[]
  /** Flex-Algos that do not use it. */
  readonly prunedBy: readonly number[]
}

export interface DrawnChain {
  readonly id: string
  readonly name: string
  readonly algorithm: number
  /** Numbers of edges, each once. */
  readonly edges: readonly number[]
}

export function drawingOf(graph: Graph, model?: Model): Drawing {
  const edges: DrawnEdge[] = []
  const edgeOfLink = new Map<number, number>()
  const fibre = bothDirections(graph)
  for (const { index } of graph.links) {
    const back = fibre[index] as number
    if (back !== index) {
      const edge = edgeOfLink.get(back) ?? 0
      edgeOfLink.set(index, edge)
      edges[edge] = bothWays(edges[edge] as DrawnEdge, edgeFor(graph, index, model))
      continue
    }
    edgeOfLink.set(index, edges.length)
    edges.push(edgeFor(graph, index, model))
  }
  const services = new Map<number, string[]>()
  for (const { service, at } of model?.placed ?? []) {
    services.set(at.node.index, [
      ...(services.get(at.node.index) ?? []),
      service.name.slice(service.name.lastIndexOf('/') + 1),
    ])
  }
  const steered = [
    ...(model?.steered ?? []).map((one) => ({
      ...one,
      key: policyKey(one),
      walks: alternativesOf(one).map(({ chosen }) => chosen.trace),
    })),
    ...(model?.srv6.steered ?? []).map((one) => ({
      ...one,
      key: policyKey(one),
      walks: alternativesOf(one).map(({ chosen }) => chosen.trace),
    })),
  ]
  const headends = new Set(steered.map((one) => one.headend.node.index))
  const endpoints = new Set(steered.map((one) => one.endpoint))
  return {
    title: formatInstanceKey(graph.instance),
    nodes: graph.nodes.map((node) => ({
      id: node.id,
      name: node.pseudonode ? '' : nodeName(node),
      lan: node.pseudonode,
      services: services.get(node.index) ?? [],
      ...(headends.has(node.index)
        ? { role: 'headend' as const }
        : endpoints.has(node.index)
          ? { role: 'endpoint' as const }
          : {}),
    })),
    edges,
    chains: steered.map((one) => ({
      id: one.key,
      name: `${one.chain.name}: ${one.steering.spec.headend} to ${one.steering.spec.endpoint}`,
      algorithm: one.chain.spec.algorithm ?? 0,
      edges: [
        ...new Set(one.walks.flatMap((walk) => allCrossed(graph, walk).map((link) => edgeOfLink.get(link) ?? 0))),
      ].sort((a, b) => a - b),
    })),
  }
}

/** One direction and the other: of a LAN the router's half says everything. */
function bothWays(one: DrawnEdge, back: DrawnEdge): DrawnEdge {
  const delayUs = one.delayUs ?? back.delayUs
  return {
    ...one,
    metric: [...new Set([one.metric, back.metric])].filter((text) => text !== '').join('/'),
    ...(delayUs === undefined ? {} : { delayUs }),
    affinities: [...new Set([...one.affinities, ...back.affinities])],
    prunedBy: [...new Set([...one.prunedBy, ...back.prunedBy])].sort((a, b) => a - b),
  }
}

function metricText(graph: Graph, index: number): string {
  const { from, record } = linkAt(graph, index)
  return nodeAt(graph, from).pseudonode || record.igpMetric === undefined ? '' : String(record.igpMetric)
}

function edgeFor(graph: Graph, index: number, model: Model | undefined): DrawnEdge {
  const { from, to, record } = linkAt(graph, index)
  const delayUs = record.minDelayUs ?? record.delayUs
  const names = new Map(Object.entries(model?.intents.network?.spec.affinities ?? {}).map(([name, bit]) => [bit, name]))
  const bits = [...new Set([...(record.adminGroups ?? []), ...(record.extendedAdminGroups ?? [])])]
  const algorithms = model?.algorithms.map((one) => one.intent.spec.algorithm) ?? []
  return {
    from,
    to,
    metric: metricText(graph, index),
    ...(delayUs === undefined ? {} : { delayUs }),
    affinities: bits.map((bit) => names.get(bit) ?? `bit ${bit}`),
    prunedBy: algorithms.filter((algorithm) => model?.network.topology(algorithm)?.pruned.has(index) === true),
  }
}
