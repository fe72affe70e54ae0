import { nodeAt, nodeName, trace } from '@segchain/path-engine'
import { interfaceOf, predictedNetwork } from '../network.js'
import type { Recording } from '../recording.js'

export interface ProbeOutcome {
  readonly stack: readonly number[]
  /** Every arrival of a packet, `r2 l1 20003/30005`, sorted. */
  readonly predicted: readonly string[]
  readonly seen: readonly string[]
  readonly answered: number
  readonly sent: number
}

/** Where the packets of each probe arrived, by the trace and by tcpdump in every router. */
export function probeOutcomes(recording: Recording): ProbeOutcome[] {
  const network = predictedNetwork(recording)
  const { graph } = recording
  return recording.lab.probes.map((probe, i) => {
    const result = recording.probes[i]
    if (result === undefined) throw new Error(`probe ${i + 1} was not recorded`)
    const start = probe.via?.neighbor ?? probe.from
    const node = graph.nodes.find((one) => one.record?.name === `r${start}`)?.index ?? -1
    const { hops } = trace(network, node, result.stack)
    const handed = probe.via === undefined ? [] : [arrival(`r${start}`, `l${probe.via.link}`, result.stack)]
    const arrivals = hops.flatMap((hop) =>
      hop.next.flatMap((next, branch) => {
        const link = hop.links[branch] ?? -1
        const to = hops[next]
        // The packet stays at the node (a label ends there): nobody can see that from outside.
        if (link < 0 || to === undefined) return []
        return [arrival(nodeName(nodeAt(graph, to.node)), interfaceOf(graph, link), to.stack)]
      }),
    )
    const seen = result.sightings
      .filter((one) => one.direction === 'In' && one.interface !== 'lo')
      .map((one) => arrival(one.router, one.interface, one.labels))
    const { stack, answered, sent } = result
    return { stack, predicted: sorted([...handed, ...arrivals]), seen: sorted(seen), answered, sent }
  })
}

function arrival(router: string, device: string, labels: readonly number[]): string {
  return `${router} ${device} ${labels.length === 0 ? 'unlabelled' : labels.join('/')}`
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort()
}
