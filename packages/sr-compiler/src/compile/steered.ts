import type { GraphNode } from '@segchain/path-engine'
import type { DisjointFrom } from '@segchain/records'
import type { Intent, IntentSet } from '../intents/intent.js'
import type { ChainIntent, SteeringIntent } from '../intents/schema/index.js'
import type { ChosenChain } from './choose-chain.js'
import type { ManagedNode } from './nodes.js'

const DEFAULT_PREFERENCE = 100

/** A Steering with the chain that was found for it. */
export interface Steered {
  readonly steering: Intent<SteeringIntent>
  readonly chain: Intent<ChainIntent>
  readonly headend: ManagedNode
  readonly address: string
  readonly endpoint: number
  readonly chosen: ChosenChain
  readonly disjointFrom?: DisjointFrom
  /** Several weighted segment lists; `chosen` is the first of them. */
  readonly lists?: readonly WeightedChain[]
}

export interface WeightedChain {
  readonly weight: number
  readonly chosen: ChosenChain
}

/** What makes a policy one (RFC 9256 §2.1): headend, color, endpoint. */
export function policyKey({ headend, steering, address }: Pick<Steered, 'headend' | 'steering' | 'address'>): string {
  return `${headend.device.name}:${steering.spec.color}:${address}`
}

export function preferenceOf(one: Pick<Steered, 'steering'>): number {
  return one.steering.spec.preference ?? DEFAULT_PREFERENCE
}

/** Labels that a node can push; undefined when nobody says. */
export function msdOfNode(node: GraphNode, at: ManagedNode | undefined, intents: IntentSet): number | undefined {
  // MSD-Type 1, base MPLS imposition (RFC 8491 §5).
  const advertised = node.record?.msds?.find((msd) => msd.type === 1)?.value
  return advertised ?? at?.device.spec.msd ?? intents.network?.spec.msd
}
