import {
  advertisedLocators,
  advertisedSrv6Sids,
  type Behavior,
  behaviorNamed,
  formatIpv6Prefix,
  type Graph,
  type Locator,
  nodeAt,
  parseIpv6Prefix,
  type Snapshot,
  type Srv6Sid,
  serviceBehavior,
} from '@segchain/path-engine'
import type { Srv6SidStructure } from '@segchain/records'
import type { IntentSet } from '../../intents/intent.js'
import type { ServiceIntent } from '../../intents/schema/index.js'
import { nodeOwner } from '../../lock/demands.js'
import { type LocatorDemand, type LocatorPlan, locatorPlanOf } from '../../lock/locators.js'
import { LOCK_FILE, type LocatorAllocation } from '../../lock/lock-file.js'
import type { ManagedNode } from '../nodes.js'
import type { Problems } from '../problems.js'

/** A locator of the plan, the devices that must have it, and the SID in it. */
export interface PlannedLocator {
  readonly allocation: LocatorAllocation
  readonly demand: LocatorDemand
  readonly plan: LocatorPlan
  readonly members: readonly ManagedNode[]
  readonly locator: Locator
  readonly structure: Srv6SidStructure
  readonly sids: readonly Srv6Sid[]
}

/** Of SIDs without compression: the function behind the locator. */
const FUNCTION = 1n

/** What the lock gives to those who need a locator. */
export function plannedLocators(
  demands: readonly LocatorDemand[],
  allocations: readonly LocatorAllocation[],
  intents: IntentSet,
  managed: readonly ManagedNode[],
  members: ReadonlyMap<string, readonly ManagedNode[]>,
): PlannedLocator[] {
  const byOwner = new Map(allocations.map((entry) => [`${entry.owner}|${entry.algorithm}`, entry]))
  return demands.flatMap((demand): PlannedLocator[] => {
    const allocation = byOwner.get(`${demand.owner}|${demand.algorithm}`)
    const plan = locatorPlanOf(intents.network?.spec.srv6, demand.algorithm)
    const prefix = allocation === undefined ? undefined : parseIpv6Prefix(allocation.locator)
    if (allocation === undefined || plan === undefined || prefix === undefined) return []
    const { service } = demand
    const at =
      service === undefined
        ? managed.filter(({ device }) => nodeOwner(device.name) === demand.owner)
        : (members.get(service) ?? [])
    const structure = structureOf(plan)
    const sid = plan.csid === 'next' ? prefix.value : prefix.value | (FUNCTION << BigInt(128 - prefix.length - 16))
    const named = service === undefined ? {} : { service }
    const { algorithm, owner } = demand
    const behavior =
      service === undefined ? nodeBehavior(plan) : proxyBehavior(intents.services.get(service)?.spec, plan)
    return [
      {
        allocation,
        demand,
        plan,
        members: at,
        structure,
        locator: { prefix, algorithm, members: at.map(({ node }) => ({ node: node.index, cost: 0 })), owner, ...named },
        sids: at.map(({ node }) => ({ node: node.index, sid, structure, behavior, algorithm, owner, ...named })),
      },
    ]
  })
}

function structureOf({ block, nodeBits, csid }: LocatorPlan): Srv6SidStructure {
  const functionBits = csid === 'next' ? 0 : 16
  return {
    locatorBlockBits: block.length,
    locatorNodeBits: nodeBits,
    functionBits,
    argumentBits: csid === 'next' ? 128 - block.length - nodeBits : 0,
  }
}

/** What routers give a locator of their own: its End decapsulates, so that a chain may end there. */
function nodeBehavior({ csid }: LocatorPlan): Behavior {
  const name = csid === 'next' ? 'End with NEXT-CSID, PSP & USD' : 'End with PSP & USD'
  return behaviorNamed(name) ?? serviceBehavior(name)
}

function proxyBehavior(spec: ServiceIntent['spec'] | undefined, { csid }: LocatorPlan): Behavior {
  return serviceBehavior(serviceBehaviorName(spec), csid === 'next' ? 'next' : undefined)
}

export function serviceBehaviorName(
  spec: ServiceIntent['spec'] | undefined,
): 'End.AS' | 'End.AD' | 'End.AM' | 'End.AN' | 'switch' {
  if (spec?.type === 'p4') return 'switch'
  return spec?.type === 'sr-aware' ? 'End.AN' : (spec?.proxy?.behavior ?? 'End.AD')
}

/** A SID of the node's own where a chain may end: its End takes the outer header off. */
export function endSids(sids: readonly Srv6Sid[], node: number, algorithm: number): Srv6Sid[] {
  return sids.filter(
    (sid) =>
      sid.node === node &&
      sid.algorithm === algorithm &&
      sid.service === undefined &&
      sid.behavior.base === 'End' &&
      sid.behavior.usd &&
      sid.behavior.csid !== 'replace',
  )
}

/** Node locators are asked for only where the network does not have one that will do. */
export function stillNeeded(
  demands: readonly LocatorDemand[],
  advertised: readonly Srv6Sid[],
  locators: readonly Locator[],
  managed: readonly ManagedNode[],
  locked: readonly LocatorAllocation[],
): LocatorDemand[] {
  const held = new Map(locked.map((entry) => [`${entry.owner}|${entry.algorithm}`, entry.locator]))
  return demands.filter((demand) => {
    if (demand.service !== undefined) return true
    const at = managed.find(({ device }) => device.name === demand.device)
    const locator = held.get(`${demand.owner}|${demand.algorithm}`)
    // One that we gave it is ours for good: what is applied does not make itself superfluous.
    if (locators.some((one) => formatIpv6Prefix(one.prefix) === locator)) return true
    return at === undefined || endSids(advertised, at.node.index, demand.algorithm).length === 0
  })
}

/** What the network and the plan say together; a locator that somebody else advertises is an error. */
export function mergeLocators(
  planned: readonly PlannedLocator[],
  advertised: readonly Locator[],
  problems: Problems,
): Locator[] {
  const byPrefix = new Map(planned.map((one) => [one.allocation.locator, one]))
  const others = advertised.filter((locator) => {
    const text = formatIpv6Prefix(locator.prefix)
    const claim = byPrefix.get(text)
    if (claim === undefined) return true
    const ours = new Set(claim.members.map(({ node }) => node.index))
    const same = locator.algorithm === claim.demand.algorithm && locator.members.every(({ node }) => ours.has(node))
    if (!same) {
      problems.add(
        'SID_CONFLICT',
        claim.demand.source.at(claim.demand.path),
        `locator ${text} is planned for ${claim.demand.owner}, and ${locator.owner} advertises it (algorithm ${locator.algorithm})`,
        `remove the entry of ${claim.demand.owner} from ${LOCK_FILE} and run: sr-compiler allocate --topology FILE`,
      )
    }
    return false
  })
  return [...planned.map((one) => one.locator), ...others]
}

/** What the topology says of SRv6. */
export function advertisedSrv6(graph: Graph, topology: Snapshot): { locators: Locator[]; sids: Srv6Sid[] } {
  return {
    locators: advertisedLocators(graph, topology.prefixes),
    sids: advertisedSrv6Sids(graph, topology.srv6Sids),
  }
}

/** Does the node advertise anything of SRv6? */
export function advertisesSrv6(graph: Graph, node: number, locators: readonly Locator[]): boolean {
  return (
    nodeAt(graph, node).record?.srv6Capabilities !== undefined ||
    locators.some((locator) => locator.members.some((member) => member.node === node))
  )
}
