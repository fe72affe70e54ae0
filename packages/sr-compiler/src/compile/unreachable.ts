import {
  type AlgorithmTopology,
  type Graph,
  type LabelNetwork,
  linkAt,
  nodeAt,
  nodeName,
  reachableFrom,
} from '@segchain/path-engine'
import type { SegchainError } from '@segchain/records'
import type { IntentSet } from '../intents/intent.js'
import { servicesOf } from '../lock/demands.js'
import type { NodeDirectory } from './nodes.js'
import type { PlannedSid } from './planned-sids.js'
import { Problems } from './problems.js'
import type { PlacedInstance } from './services.js'

interface Context {
  readonly graph: Graph
  readonly network: LabelNetwork
  readonly planned: readonly PlannedSid[]
  readonly placed: readonly PlacedInstance[]
  readonly intents: IntentSet
  readonly directory: NodeDirectory
}

/** Instances that no headend of a chain over them can get to: they will never see a packet. */
export function unreachableInstances(context: Context): readonly SegchainError[] {
  const { network, planned, placed, intents, directory } = context
  const quiet = new Problems()
  const found = new Problems()
  const headends = new Map<string, Set<number>>()
  for (const { spec, source } of intents.steerings) {
    const chain = intents.chains.get(spec.chain)
    const headend = directory.node(spec.headend, source, [], quiet)
    if (chain === undefined || headend === undefined) continue
    for (const service of servicesOf(chain)) {
      const key = `${service}|${chain.spec.algorithm ?? 0}`
      headends.set(key, (headends.get(key) ?? new Set()).add(headend.index))
    }
  }
  // Kept: services share nodes, and chains headends.
  const reached = new Map<string, Uint8Array>()
  const reachedFrom = (headend: number, topology: AlgorithmTopology): Uint8Array => {
    const key = `${headend}|${topology.algorithm}`
    const known = reached.get(key) ?? reachableFrom(topology, headend)
    reached.set(key, known)
    return known
  }
  for (const sid of planned) {
    const from = headends.get(`${sid.service}|${sid.entry.algorithm}`)
    const topology = network.topology(sid.entry.algorithm)
    if (sid.service === undefined || from === undefined || topology === undefined) continue
    for (const { service, instance, at, number } of placed.filter((p) => p.service.name === sid.service)) {
      if ([...from].some((headend) => reachedFrom(headend, topology)[at.node.index] === 1)) continue
      const why = whyUnreached(topology, [...from], at.node.index)
      found.add(
        'UNREACHABLE_INSTANCE',
        service.source.at(['spec', 'instances', number]),
        `no headend reaches the instance ${instance.name} of ${service.name} on ${nodeName(at.node)} with algorithm ${sid.entry.algorithm}${why === undefined ? '' : `: ${why}`}`,
        'move it, or widen the algorithm; --unreachable=warn compiles without it while other instances serve',
      )
    }
  }
  return found.errors
}

/** Who is not in the algorithm, or what cuts every link of one of the two ends off. */
function whyUnreached(topology: AlgorithmTopology, headends: readonly number[], node: number): string | undefined {
  const { graph, absent } = topology
  const own = absent.get(node)
  if (own !== undefined) return own
  const outside = headends.map((headend) => absent.get(headend))
  if (outside.every((why) => why !== undefined)) return outside[0]
  const into = graph.links.filter(({ to }) => to === node).map(({ index }) => index)
  const outOf = graph.links.filter(({ from }) => headends.includes(from)).map(({ index }) => index)
  return whyAllPruned(topology, into, 'to') ?? whyAllPruned(topology, outOf, 'from')
}

function whyAllPruned({ graph, pruned }: AlgorithmTopology, links: readonly number[], end: 'from' | 'to') {
  const [first] = links
  if (first === undefined || links.some((link) => !pruned.has(link))) return undefined
  const reasons = [...new Set(links.map((link) => pruned.get(link)))].slice(0, 3).join('; ')
  const name = nodeName(nodeAt(graph, linkAt(graph, first)[end]))
  return `no link ${end} ${name} is in it: ${reasons}`
}
