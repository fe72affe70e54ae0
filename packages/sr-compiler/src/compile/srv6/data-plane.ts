import type { Intent, IntentSet } from '../../intents/intent.js'
import type { ChainIntent } from '../../intents/schema/index.js'

export type DataPlane = 'mpls' | 'srv6' | 'auto'

/** What the chain says, else what the network says, else MPLS. */
export function dataPlaneOf(chain: Intent<ChainIntent>, intents: IntentSet): DataPlane {
  return chain.spec.dataPlane ?? intents.network?.spec.dataPlane ?? 'mpls'
}

/** May a chain end up on this data plane? */
export function mayUse(plane: 'mpls' | 'srv6', chain: Intent<ChainIntent>, intents: IntentSet): boolean {
  const wanted = dataPlaneOf(chain, intents)
  return wanted === plane || wanted === 'auto'
}

/** Does anything need label stacks? A repository without chains does, as ever. */
export function usesMpls(intents: IntentSet): boolean {
  const chains = [...intents.chains.values()]
  return chains.length === 0 || chains.some((chain) => mayUse('mpls', chain, intents))
}
