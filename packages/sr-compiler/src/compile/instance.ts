import {
  buildGraph,
  formatInstanceKey,
  type Graph,
  type InstanceKey,
  igpInstancesOf,
  joinInstances,
  type Snapshot,
} from '@segchain/path-engine'
import { SegchainError } from '@segchain/records'
import type { IntentSet } from '../intents/intent.js'
import type { Problems } from './problems.js'
import { dataPlaneOf } from './srv6/data-plane.js'

/**
 * The graph of the IGP instance that the Network intent names, of the only one there is, or of all that nodes join.
 * `again`: that of the compilation before, with other links in it.
 */
export function chooseGraph(
  intents: IntentSet,
  snapshot: Snapshot,
  problems: Problems,
  again?: Graph,
): Graph | undefined {
  const graph = again ?? instanceGraph(intents, snapshot, problems)
  if (graph === undefined) return undefined
  // Nothing can be reached without a link: that need not be said of everybody.
  return checkMultiTopology(graph, intents, snapshot, problems) ? graph : undefined
}

function instanceGraph(intents: IntentSet, snapshot: Snapshot, problems: Problems): Graph | undefined {
  const instances = igpInstancesOf(snapshot)
  if (instances.length === 0) {
    problems.errors.push(
      new SegchainError({
        category: 'data',
        code: 'EMPTY_TOPOLOGY',
        message: 'the topology has no IGP node',
        hint: 'pipe in what bgpls-collector writes, or name a file with --topology',
      }),
    )
    return undefined
  }
  const wanted = intents.network?.spec.igp
  const fitting = instances.filter((key) => wanted === undefined || fits(key, wanted))
  const names = instances.map(formatInstanceKey).join(', ')
  const [only] = fitting
  if (only === undefined || fitting.length > 1) {
    const joined = only === undefined ? undefined : joinInstances(snapshot, fitting, wanted?.multiTopologyId ?? 0)
    if (joined !== undefined) return joined
    const where = intents.network?.source.at(wanted === undefined ? ['spec'] : ['spec', 'igp']) ?? {}
    problems.add(
      'IGP_INSTANCE',
      where,
      only === undefined
        ? 'the topology does not have the IGP instance of the Network intent'
        : 'the topology has several IGP instances, and no node joins them (same system-id or router-id, or TE router-id)',
      `it has: ${names}; name one in spec.igp of the Network intent (protocol, instanceId, areaId)`,
    )
    return undefined
  }
  return buildGraph(snapshot, only, wanted?.multiTopologyId ?? 0)
}

function fits(
  key: InstanceKey,
  wanted: { readonly protocol: string; readonly instanceId?: string; readonly areaId?: string },
): boolean {
  return (
    key.protocol === wanted.protocol &&
    (wanted.instanceId === undefined || wanted.instanceId === key.instanceId) &&
    (wanted.areaId === undefined || wanted.areaId === key.areaId)
  )
}

/** IPv6 unicast; 0 is the standard topology (RFC 5120 §7.5). */
const IPV6_TOPOLOGY = 2

function checkMultiTopology(graph: Graph, intents: IntentSet, snapshot: Snapshot, problems: Problems): boolean {
  const { network } = intents
  const { multiTopologyId } = graph
  if (network === undefined || network.spec.igp?.multiTopologyId === undefined || multiTopologyId === 0) return true
  if (graph.links.length === 0) {
    const known = [...new Set(snapshot.links.map((link) => link.multiTopologyId ?? 0))].sort((a, b) => a - b)
    problems.add(
      'MULTI_TOPOLOGY',
      network.source.at(['spec', 'igp', 'multiTopologyId']),
      `no link of ${formatInstanceKey(graph.instance)} is in topology ${multiTopologyId}`,
      `links of the topology stream are in: ${known.join(', ') || 'none'}`,
    )
  }
  for (const chain of intents.chains.values()) {
    if (multiTopologyId !== IPV6_TOPOLOGY || dataPlaneOf(chain, intents) === 'srv6') continue
    problems.add(
      'IPV6_TOPOLOGY',
      chain.source.at(chain.spec.dataPlane === undefined ? ['spec'] : ['spec', 'dataPlane']),
      `chain "${chain.name}" may get a label stack, whose SIDs are of IPv4 loopbacks, and topology ${IPV6_TOPOLOGY} is that of IPv6 (RFC 5120 §7.5)`,
      'dataPlane: srv6, in the chain or in the Network intent; or another multiTopologyId',
    )
  }
  return graph.links.length > 0
}
