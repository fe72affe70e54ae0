import {
  type AlgorithmTopology,
  formatIpv6Prefix,
  type Graph,
  nodeAt,
  nodeName,
  type Snapshot,
  Srv6Network,
  srv6LimitsOf,
} from '@segchain/path-engine'
import type { IntentSet } from '../../intents/intent.js'
import { allocateLocators, locatorDemandsOf } from '../../lock/locators.js'
import type { Lock } from '../../lock/lock-file.js'
import type { ManagedNode, NodeDirectory } from '../nodes.js'
import type { Problems } from '../problems.js'
import {
  advertisedSrv6,
  advertisesSrv6,
  mergeLocators,
  type PlannedLocator,
  plannedLocators,
  stillNeeded,
} from './planned-locators.js'
import { type Srv6Result, steeredSrv6 } from './steered-srv6.js'

/** The SRv6 half of a model. */
export interface Srv6Model extends Srv6Result {
  readonly network: Srv6Network
  readonly planned: readonly PlannedLocator[]
  readonly allocated: ReturnType<typeof allocateLocators>
}

export interface Srv6Input {
  readonly graph: Graph
  readonly intents: IntentSet
  readonly lock: Lock
  readonly topology: Snapshot
  readonly topologies: ReadonlyMap<number, AlgorithmTopology>
  readonly directory: NodeDirectory
  /** By service: where its instances are. */
  readonly members: ReadonlyMap<string, readonly ManagedNode[]>
  readonly problems: Problems
}

/** Locators, SIDs and the chains over them; nothing but what the network says where no chain wants SRv6. */
export function buildSrv6(input: Srv6Input): Srv6Model {
  const { graph, intents, lock, topology, topologies, directory, members, problems } = input
  const advertised = advertisedSrv6(graph, topology)
  const { managed } = directory
  const locked = lock.locators ?? []
  const demands = stillNeeded(locatorDemandsOf(intents), advertised.sids, advertised.locators, managed, locked)
  const inUse = new Set(advertised.locators.map((locator) => formatIpv6Prefix(locator.prefix)))
  const allocated = allocateLocators(locked, demands, intents, inUse)
  problems.errors.push(...allocated.errors)
  const planned = plannedLocators(demands, allocated.locators, intents, managed, members)
  const byNode = new Map(managed.map((at) => [at.node.index, at]))
  const network = new Srv6Network({
    graph,
    topologies,
    locators: mergeLocators(planned, advertised.locators, problems),
    // Those of the plan first: what is applied already stands in the topology too.
    sids: [...planned.flatMap((one) => one.sids), ...advertised.sids],
    limits: (node) => srv6LimitsOf(nodeAt(graph, node).record?.msds) ?? byNode.get(node)?.device.spec.srv6Msd,
  })
  const whyUnable = (node: number): string | undefined => {
    const said = byNode.get(node)?.device.spec.srv6
    if (said === true || (said === undefined && advertisesSrv6(graph, node, advertised.locators))) return undefined
    const name = nodeName(nodeAt(graph, node))
    return said === false
      ? `${name} speaks no SRv6 (Device spec.srv6: false)`
      : `${name} speaks no SRv6: it advertises neither its capability (RFC 9352 §2) nor a locator`
  }
  const result = steeredSrv6({ graph, srv6: network, intents, directory, problems, topology, whyUnable })
  return { ...result, network, planned, allocated }
}
