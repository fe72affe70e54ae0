import type { Graph, LabelNetwork, PrefixSidEntry, Snapshot } from '@segchain/path-engine'
import type { IntentSet } from '../intents/intent.js'
import type { BindingAllocator } from '../lock/bindings.js'
import type { NodeDirectory } from './nodes.js'
import type { Problems } from './problems.js'

export interface PolicyContext {
  readonly graph: Graph
  readonly network: LabelNetwork
  readonly intents: IntentSet
  readonly directory: NodeDirectory
  readonly problems: Problems
  readonly sids: readonly PrefixSidEntry[]
  readonly topology: Snapshot
  readonly bindings: BindingAllocator
  /** The address that stands for a node as endpoint. */
  readonly addressOf: (node: number) => string | undefined
}

/** The IPv4 node-SID of a node in an algorithm. */
export function nodeSidOf(
  { sids }: Pick<PolicyContext, 'sids'>,
  node: number,
  algorithm: number,
): PrefixSidEntry | undefined {
  return sids.find(
    (entry) =>
      entry.nodeSid &&
      entry.algorithm === algorithm &&
      !entry.prefix.includes(':') &&
      entry.members.some((member) => member.node === node),
  )
}
