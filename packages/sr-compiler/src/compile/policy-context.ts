import type { Graph, LabelNetwork, PrefixSidEntry, Snapshot, Srv6Network } from '@segchain/path-engine'
import type { IntentSet } from '../intents/intent.js'
import type { BindingAllocator } from '../lock/bindings.js'
import type { KeptChains } from './again/kept-chains.js'
import type { NodeDirectory } from './nodes.js'
import type { Problems } from './problems.js'
import type { SteeredSrv6 } from './srv6/steered-srv6.js'

export interface PolicyContext {
  readonly graph: Graph
  readonly network: LabelNetwork
  readonly intents: IntentSet
  readonly directory: NodeDirectory
  readonly problems: Problems
  readonly sids: readonly PrefixSidEntry[]
  readonly topology: Snapshot
  readonly bindings: BindingAllocator
  /** Of the compilation before, what is right still; it takes in what is chosen now. */
  readonly kept?: KeptChains
  /** Chains over SRv6: their traffic is there too. */
  readonly beside?: readonly SteeredSrv6[]
  readonly srv6Network?: Srv6Network
  /** The address that stands for a node as endpoint. */
  readonly addressOf: (node: number) => string | undefined
}

/** By list of SIDs, which are never changed: the SIDs of services by `algorithm|name`. */
const serviceSids = new WeakMap<readonly PrefixSidEntry[], ReadonlyMap<string, PrefixSidEntry>>()

/** The SID of a service in an algorithm. */
export function serviceSidOf(
  { sids }: Pick<PolicyContext, 'sids'>,
  service: string,
  algorithm: number,
): PrefixSidEntry | undefined {
  const known = serviceSids.get(sids) ?? serviceSidsOf(sids)
  serviceSids.set(sids, known)
  return known.get(`${algorithm}|${service}`)
}

/** The first one of a service counts. */
function serviceSidsOf(sids: readonly PrefixSidEntry[]): ReadonlyMap<string, PrefixSidEntry> {
  const found = new Map<string, PrefixSidEntry>()
  for (const sid of sids) {
    const key = `${sid.algorithm}|${sid.service}`
    if (sid.service !== undefined && !found.has(key)) found.set(key, sid)
  }
  return found
}

/** By list of SIDs, which are never changed: node-SIDs by `algorithm|node`. */
const nodeSids = new WeakMap<readonly PrefixSidEntry[], ReadonlyMap<string, PrefixSidEntry>>()

/** The node-SID of a node in an algorithm: of IPv4, or where it has none of IPv6. */
export function nodeSidOf(
  { sids }: Pick<PolicyContext, 'sids'>,
  node: number,
  algorithm: number,
): PrefixSidEntry | undefined {
  const known = nodeSids.get(sids) ?? nodeSidsOf(sids)
  nodeSids.set(sids, known)
  return known.get(`${algorithm}|${node}`)
}

/** The first one of a node counts, of IPv4 before IPv6. */
function nodeSidsOf(sids: readonly PrefixSidEntry[]): ReadonlyMap<string, PrefixSidEntry> {
  const found = new Map<string, PrefixSidEntry>()
  const own = sids.filter((sid) => sid.nodeSid)
  const isIpv6 = ({ prefix }: PrefixSidEntry): boolean => prefix.includes(':')
  for (const sid of [...own.filter((one) => !isIpv6(one)), ...own.filter(isIpv6)]) {
    for (const { node } of sid.members) {
      const key = `${sid.algorithm}|${node}`
      if (!found.has(key)) found.set(key, sid)
    }
  }
  return found
}
