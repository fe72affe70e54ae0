import {
  blockSize,
  formatBlock,
  type Graph,
  type LabelNetwork,
  nodeName,
  type PrefixSidEntry,
} from '@segchain/path-engine'
import type { LabelRange } from '@segchain/records'
import type { IntentSet } from '../intents/intent.js'
import { type Demand, nodeOwner, serviceOwner } from '../lock/demands.js'
import { type Allocation, LOCK_FILE } from '../lock/lock-file.js'
import { lastHopOf } from './last-hop.js'
import type { ManagedNode, NodeDirectory } from './nodes.js'
import type { Problems } from './problems.js'

/** A SID of the plan: the allocation, and the devices that must advertise it. */
export interface PlannedSid {
  readonly allocation: Allocation
  readonly demand: Demand
  readonly members: readonly ManagedNode[]
  readonly service?: string
  readonly entry: PrefixSidEntry
}

/** RFC 8402 leaves the SRGB to the operator; this is the default of the common implementations. */
const DEFAULT_SRGB: readonly LabelRange[] = [{ first: 16000, size: 8000 }]

/** By node: the SRGB that it advertises; for a device that advertises none, the one that the plan gives it. */
export function labelBlocks(graph: Graph, directory: NodeDirectory, intents: IntentSet): (readonly LabelRange[])[] {
  const planned = intents.network?.spec.srgb ?? DEFAULT_SRGB
  const managed = new Set(directory.managed.map((m) => m.node.index))
  return graph.nodes.map((node) => (node.srgb.length > 0 || !managed.has(node.index) ? node.srgb : planned))
}

export function plannedSids(
  demands: readonly Demand[],
  allocations: readonly Allocation[],
  intents: IntentSet,
  directory: NodeDirectory,
  members: ReadonlyMap<string, readonly ManagedNode[]>,
): PlannedSid[] {
  const byOwner = new Map(allocations.map((entry) => [`${entry.owner}|${entry.algorithm}`, entry]))
  const serviceOf = new Map([...intents.services.keys()].map((name) => [serviceOwner(name), name]))
  const deviceOf = new Map(directory.managed.map((m) => [nodeOwner(m.device.name), m]))
  return demands.flatMap((demand) => {
    const allocation = byOwner.get(`${demand.owner}|${demand.algorithm}`)
    if (allocation === undefined) return []
    const service = serviceOf.get(demand.owner)
    const device = deviceOf.get(demand.owner)
    const at = service === undefined ? (device === undefined ? [] : [device]) : (members.get(service) ?? [])
    const entry: PrefixSidEntry = {
      prefix: allocation.prefix,
      algorithm: demand.algorithm,
      index: allocation.index,
      // The label of a service must arrive (no-PHP): it is known by that. One of a node should: a packet may come to
      // its endpoint from a service on the same node, where no router is left that could have popped it.
      members: at.map(({ node, device: of }) => ({
        node: node.index,
        cost: 0,
        lastHop: service === undefined ? lastHopOf(of) : ('no-php' as const),
      })),
      nodeSid: service === undefined,
      owner: `${demand.owner} (algorithm ${demand.algorithm})`,
      ...(service === undefined ? {} : { service }),
    }
    return [{ allocation, demand, members: at, entry, ...(service === undefined ? {} : { service }) }]
  })
}

/**
 * What the network and the plan say together; a SID of the plan that is already in the network (it
 * was applied) is the plan's. Two owners of one index, or of one prefix, are an error.
 */
export function mergeSids(
  planned: readonly PlannedSid[],
  advertised: readonly PrefixSidEntry[],
  problems: Problems,
): PrefixSidEntry[] {
  const merged = planned.map((sid) => sid.entry)
  const byIndex = new Map(planned.map((sid) => [sid.allocation.index, sid]))
  const byPrefix = new Map(planned.map((sid) => [sid.allocation.prefix, sid]))
  for (const sid of advertised) {
    const claim = byIndex.get(sid.index) ?? byPrefix.get(sid.prefix)
    if (claim === undefined) merged.push(sid)
    else if (!isSame(claim.entry, sid)) {
      const what = claim.allocation.index === sid.index ? `SID index ${sid.index}` : `prefix ${sid.prefix}`
      problems.add(
        'SID_CONFLICT',
        claim.demand.source.at(claim.demand.path),
        `${what} is planned for ${claim.entry.owner} on ${claim.allocation.prefix}, and ${sid.owner} advertises it for ${sid.prefix} (algorithm ${sid.algorithm}, index ${sid.index})`,
        claim.demand.index === undefined
          ? `remove the entry of ${claim.demand.owner} from ${LOCK_FILE} and run: sr-compiler allocate --topology FILE`
          : 'take another index, or none: then a free one is allocated',
      )
    }
  }
  return merged.sort((a, b) => a.index - b.index)
}

/** Advertised by nobody but those whom the plan asks to. */
function isSame(planned: PrefixSidEntry, advertised: PrefixSidEntry): boolean {
  const nodes = new Set(planned.members.map((member) => member.node))
  return (
    planned.prefix === advertised.prefix &&
    planned.index === advertised.index &&
    planned.algorithm === advertised.algorithm &&
    advertised.members.every((member) => nodes.has(member.node))
  )
}

/** The index of a SID must have a label on every node that advertises it. */
export function checkBlocks(planned: readonly PlannedSid[], network: LabelNetwork, problems: Problems): void {
  for (const { allocation, demand, members } of planned) {
    for (const { node } of members) {
      const block = network.blockOf(node.index)
      if (allocation.index < blockSize(block)) continue
      problems.add(
        'SID_OUTSIDE_SRGB',
        demand.source.at(demand.path),
        `index ${allocation.index} of ${demand.owner} has no label on ${nodeName(node)}: its SRGB is ${formatBlock(block)}`,
        'lower spec.sidIndexes of the Network intent, or widen the SRGB',
      )
    }
  }
}
