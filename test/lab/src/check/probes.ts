import { type Graph, type LabelNetwork, linkAt, nodeAt, nodeName, trace } from '@segchain/path-engine'
import type { Probe } from '../lab.js'
import { type DeviceNames, exactly, interfaceOf, predictedNetwork } from '../network.js'
import type { Recording } from '../recording.js'

export interface ProbeOutcome {
  readonly stack: readonly number[]
  /** Every arrival of a packet, `r2 l1 20003/30005`, sorted; `lo` where a label ended at the router. */
  readonly predicted: readonly string[]
  readonly seen: readonly string[]
  readonly answered: number
  readonly sent: number
}

/** Where the packets of each probe arrived, by the trace and by tcpdump in every router. */
export function probeOutcomes(recording: Recording, names: DeviceNames = exactly): ProbeOutcome[] {
  const network = predictedNetwork(recording)
  return recording.lab.probes.map((probe, i) => {
    const result = recording.probes[i]
    if (result === undefined) throw new Error(`probe ${i + 1} was not recorded`)
    const { stack, answered, sent } = result
    const seen = result.sightings
      .filter((one) => one.direction === 'In')
      .map((one) => arrival(one.router, one.interface, one.labels))
    const predicted = arrivals(afterFailure(network, probe), probe, stack)
    const called = (arrivals: readonly string[]): string[] =>
      sorted(
        arrivals.map((text) => {
          const [router = '', device = '', labels = ''] = text.split(' ')
          return `${router} ${names(router, device)} ${labels}`
        }),
      )
    return { stack, predicted: called(predicted), seen: called(seen), answered, sent }
  })
}

/** The network once every router has converged on the link that was cut. */
function afterFailure(network: LabelNetwork, { down }: Probe): LabelNetwork {
  if (down === undefined) return network
  const { graph } = network
  const cut = graph.links.filter(({ index }) => interfaceOf(graph, index) === `l${down}`)
  return network.without({ links: new Set(cut.map(({ index }) => index)) })
}

function arrivals(network: LabelNetwork, probe: Probe, stack: readonly number[]): string[] {
  const { graph } = network
  const start = probe.via?.neighbor ?? probe.from
  const node = graph.nodes.find((one) => one.record?.name === `r${start}`)?.index ?? -1
  const { hops } = trace(network, node, stack)
  // The headend's packet passes its loopback; one that is handed to a neighbour does not.
  const first = arrival(`r${start}`, probe.via === undefined ? 'lo' : `l${probe.via.link}`, stack)
  const others = hops.flatMap((hop) =>
    hop.next.flatMap((next, branch) => {
      const link = hop.links[branch] ?? -1
      const to = hops[next]
      return to === undefined ? [] : [arrival(nodeName(nodeAt(graph, to.node)), deviceOf(graph, link), to.stack)]
    }),
  )
  return [first, ...others]
}

/** The packet stays at the node where a label ends: Linux takes it off over the loopback. */
function deviceOf(graph: Graph, link: number): string {
  return link < 0 ? 'lo' : interfaceOf(graph, linkAt(graph, link).index)
}

function arrival(router: string, device: string, labels: readonly number[]): string {
  return `${router} ${device} ${labels.length === 0 ? 'unlabelled' : labels.join('/')}`
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort()
}
