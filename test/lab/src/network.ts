import {
  type AlgorithmTopology,
  advertisedNetwork,
  advertisedTopologies,
  type Graph,
  type LabelNetwork,
  linkAt,
  nodeAt,
  nodeName,
} from '@segchain/path-engine'
import type { Recording } from './recording.js'

/** The label switching that we predict of a recorded network. */
export function predictedNetwork({ graph, snapshot }: Recording): LabelNetwork {
  const { topologies } = advertisedTopologies(graph)
  const followed = [...topologies].map(([algorithm, topology]): [number, AlgorithmTopology] => [
    algorithm,
    algorithm < 128 ? topology : withoutLans(topology),
  ])
  return advertisedNetwork(graph, snapshot.prefixes, new Map(followed))
}

/**
 * FRR 10.7 asks the LSP of a pseudonode, too, whether it takes part in the Flex-Algo; that LSP has no
 * router capability, so no Flex-Algo of FRR ever crosses a LAN. RFC 9350 asks routers only (§11), and
 * path-engine follows it. To predict FRR, its LANs are taken out here, and nowhere else.
 */
function withoutLans(topology: AlgorithmTopology): AlgorithmTopology {
  const { graph } = topology
  const member = topology.member.map((value, i) => (nodeAt(graph, i).pseudonode ? 0 : value))
  const weights = topology.weights.map((weight, i) => {
    const { from, to } = linkAt(graph, i)
    return member[from] === 1 && member[to] === 1 ? weight : Number.POSITIVE_INFINITY
  })
  return { ...topology, member, weights }
}

/** `l7`: the third byte of an interface address is the number of the link. */
export function interfaceOf(graph: Graph, link: number, unknown?: string): string {
  const { record, to, from } = linkAt(graph, link)
  const address = record.localAddresses?.find((one) => one.startsWith('10.0.'))
  if (address !== undefined) return `l${address.split('.')[2]}`
  if (unknown !== undefined) return unknown
  throw new Error(`the link ${nodeName(nodeAt(graph, from))}-${nodeName(nodeAt(graph, to))} has no address`)
}

/** How an interface of a router is called in a comparison. */
export type DeviceNames = (router: string, device: string) => string

export const exactly: DeviceNames = (_, device) => device

/**
 * Parallel links under the name of the first of them: FRR 10.7 uses as many of them as are equal, but not always those
 * with the least metric (README, differences found).
 */
export function parallelAsOne(graph: Graph): DeviceNames {
  const names = new Map<string, string>()
  for (const { index, from, to } of graph.links) {
    const siblings = graph.links.filter((other) => other.from === from && other.to === to)
    const first = siblings.map((other) => interfaceOf(graph, other.index, '')).sort()[0]
    names.set(`${nodeName(nodeAt(graph, from))} ${interfaceOf(graph, index, '')}`, first ?? '')
  }
  return (router, device) => names.get(`${router} ${device}`) ?? device
}
