import type { PrefixSidEntry } from '@segchain/path-engine'
import { splitterFor } from './binding-policies.js'
import type { ChainRequest } from './choose-chain.js'
import { nodeSidOf, type PolicyContext, serviceSidOf } from './policy-context.js'
import { msdOfNode, type Steered } from './steered.js'

type Asked = Pick<Steered, 'steering' | 'chain' | 'headend' | 'endpoint'>

/** What the chain of a Steering asks for. */
export function requestOf({ steering, chain, headend, endpoint }: Asked, context: PolicyContext): ChainRequest {
  const algorithm = chain.spec.algorithm ?? 0
  const sid = nodeSidOf(context, endpoint, algorithm)
  // Nobody is steered to a node without one.
  if (sid === undefined) throw new RangeError(`node ${endpoint} has no node-SID of algorithm ${algorithm}`)
  return requestTo(sid, { steering, chain, headend }, context)
}

/** The same, to a node whose SID is known. */
export function requestTo(
  endpoint: PrefixSidEntry,
  { steering, chain, headend }: Omit<Asked, 'endpoint'>,
  context: PolicyContext,
): ChainRequest {
  const algorithm = chain.spec.algorithm ?? 0
  const msd = msdOfNode(headend.node, headend, context.intents)
  return {
    spec: chain.spec,
    headend: headend.node.index,
    endpoint,
    sidOfService: (name) => serviceSidOf(context, name, algorithm),
    ...(msd === undefined ? {} : { msd }),
    splitter: splitterFor(steering.name, context),
    splitterOf: (owner) => splitterFor(owner, context),
  }
}
