import { nodeAt, nodeName } from '@segchain/path-engine'
import type { CandidatePath, Hop, PlanElement, Rejection, SegmentList, SrPolicyElement } from '@segchain/records'
import type { Intent } from '../intents/intent.js'
import { referenceOf } from '../intents/intent.js'
import type { ChainIntent, SteeringIntent } from '../intents/schema/index.js'
import { Reads } from './again/reads.js'
import { bindingPolicies } from './binding-policies.js'
import { requestTo } from './chain-request.js'
import { chooseChain } from './choose-chain.js'
import { keepApartMpls } from './disjoint/keep-apart-mpls.js'
import { entropyLabelsOf } from './entropy.js'
import { alternativesOf } from './load/alternatives.js'
import { type Placement, placeByCapacity } from './load/capacity.js'
import { spreadByWeight } from './load/spread.js'
import { nodeSidOf, type PolicyContext } from './policy-context.js'
import { byPolicy, policyElementFields, rankCandidates } from './policy-group.js'
import type { Problems } from './problems.js'
import { remedyOf } from './remedies.js'
import { segmentsOf } from './segments.js'
import { chainOf } from './services.js'
import { msdOfNode, preferenceOf, type Steered } from './steered.js'
import { STEPS } from './steps.js'

const PROTOCOLS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, sctp: 132 }

/** For every Steering its chain; what is wrong is in the problems. */
export function steeredChains(context: PolicyContext): Placement {
  const nearest = context.intents.steerings.flatMap((steering) => resolve(steering, context) ?? [])
  return placeByCapacity(spreadByWeight(keepApartMpls(nearest, context), context), context)
}

/** Label stacks for every headend, and what traffic takes them. */
export function policyElements(steered: readonly Steered[], context: PolicyContext): PlanElement[] {
  const policies = [...byPolicy(steered)].map(([key, group]) => {
    const make = (): SrPolicyElement => policyOf(key, group, context)
    return context.kept?.policy(key, group, make) ?? make()
  })
  const managed = new Map(context.directory.managed.map((at) => [at.node.index, at]))
  const behind = steered.flatMap(alternativesOf).flatMap((one) => bindingPolicies(one, context.graph, managed))
  return [...behind, ...policies, ...steered.map(steeringElement)]
}

function resolve(steering: Intent<SteeringIntent>, context: PolicyContext): Steered | undefined {
  const { directory, problems, intents, network } = context
  const { source, spec } = steering
  const headend = directory.managedNode(spec.headend, source, ['spec', 'headend'], problems)
  const endpoint = directory.node(spec.endpoint, source, ['spec', 'endpoint'], problems)
  const chain = chainOf(intents, spec.chain)
  if (headend === undefined || endpoint === undefined || chain === undefined) return undefined
  if (headend.node.index === endpoint.index) {
    const message = `the headend and the endpoint are both ${nodeName(endpoint)}`
    problems.add('ENDPOINT_IS_HEADEND', source.at(['spec', 'endpoint']), message, 'end the chain at another node')
    return undefined
  }
  const algorithm = chain.spec.algorithm ?? 0
  if (!checkAlgorithm(chain, context)) return undefined
  const sid = nodeSidOf(context, endpoint.index, algorithm)
  const address = context.addressOf(endpoint.index)
  if (sid === undefined || address === undefined) {
    const what = sid === undefined ? `no node-SID of algorithm ${algorithm}` : 'no loopback address'
    const hint =
      algorithm === 0
        ? 'configure a prefix-SID on its loopback'
        : `let it take part: FlexAlgo ${algorithm}, spec.nodes, and a Device`
    problems.add('ENDPOINT_WITHOUT_SID', source.at(['spec', 'endpoint']), `${nodeName(endpoint)} has ${what}`, hint)
    return undefined
  }
  const kept = context.kept?.take(steering)
  if (kept !== undefined) return kept
  const reads = new Reads(network)
  const chosen = chooseChain(
    network,
    { ...requestTo(sid, { steering, chain, headend }, context), reads },
    {
      nodeSid: (node) => nodeSidOf(context, node, algorithm),
      nameOf: (node) => nodeName(nodeAt(context.graph, node)),
    },
  )
  if ('failures' in chosen) {
    reportFailures(steering, chain, chosen.failures, problems)
    return undefined
  }
  const one = { steering, chain, headend, address, endpoint: endpoint.index, chosen }
  context.kept?.put(one, reads)
  return one
}

function checkAlgorithm(chain: Intent<ChainIntent>, { network, problems, intents }: PolicyContext): boolean {
  const algorithm = chain.spec.algorithm ?? 0
  if (network.topology(algorithm) !== undefined) return true
  const known = intents.flexAlgos.map((intent) => intent.spec.algorithm).join(', ')
  const where = chain.source.at(['spec', 'algorithm'])
  const message = `nobody defines algorithm ${algorithm}`
  if (problems.errors.some((error) => error.message === message && error.where.line === where.line)) return false
  problems.add(
    'UNKNOWN_ALGORITHM',
    where,
    message,
    known === '' ? `add a FlexAlgo with algorithm ${algorithm}` : `FlexAlgo intents: ${known}`,
  )
  return false
}

/** One error for each different reason. */
export function reportFailures(
  steering: Intent<SteeringIntent>,
  chain: Intent<ChainIntent>,
  failures: readonly { readonly what: string; readonly code: string; readonly why: string; readonly hint?: string }[],
  problems: Problems,
): void {
  const seen = new Set<string>()
  for (const { what, code, why, hint } of failures) {
    if (seen.has(why)) continue
    seen.add(why)
    const message = `chain "${chain.name}" from ${steering.spec.headend} to ${steering.spec.endpoint} (${what}): ${why}`
    problems.add(code, steering.source.at(['spec', 'chain']), message, hint ?? remedyOf(code))
  }
}

function policyOf(key: string, group: readonly Steered[], context: PolicyContext): SrPolicyElement {
  const ranked = rankCandidates(group, context.problems)
  const best = ranked[0] as Steered
  const bindingSid = bindingSidOf(group, context.problems)
  const rejected: Rejection[] = ranked.flatMap((one) => [...one.chosen.rejected])
  return {
    kind: 'sr-policy',
    id: `sr-policy:${key}`,
    ...policyElementFields(group, best, best.chosen.stack.cost),
    ...(best.disjointFrom === undefined ? {} : { disjointFrom: best.disjointFrom }),
    candidatePaths: ranked.map((one) => candidatePath(one, context)),
    ...(bindingSid === undefined ? {} : { bindingSid }),
    rejected,
  }
}

/** A policy has one binding-SID, whichever of its Steerings says it. */
function bindingSidOf(group: readonly Steered[], problems: Problems): number | undefined {
  const [first, ...others] = group.filter(({ steering }) => steering.spec.bindingSid !== undefined)
  const label = first?.steering.spec.bindingSid
  for (const { steering } of others) {
    if (steering.spec.bindingSid === label) continue
    problems.add(
      'STEERING_CONFLICT',
      steering.source.at(['spec', 'bindingSid']),
      `Steering "${first?.steering.name}" gives the same policy the binding-SID ${label}`,
      'say one of them, or give one of the Steerings another color',
    )
  }
  return label
}

function candidatePath(one: Steered, context: PolicyContext): CandidatePath {
  return {
    name: one.chain.name,
    preference: preferenceOf(one),
    segmentLists: alternativesOf(one).map((alternative) => segmentList(alternative, alternative.weight, context)),
  }
}

function segmentList(one: Steered, weight: number, { graph, network, topology, intents }: PolicyContext): SegmentList {
  const { stack, trace, delayUs } = one.chosen
  const segments = segmentsOf(one, graph)
  const msd = msdOfNode(one.headend.node, one.headend, intents)
  const entropy = entropyLabelsOf(one.chosen, graph, topology, msd)
  const hops: Hop[] = trace.hops.map((hop, i) => ({
    position: hop.position,
    node: nodeAt(graph, hop.node).id,
    name: nodeName(nodeAt(network.graph, hop.node)),
    labels: [...hop.stack],
    action: i === 0 && hop.action !== 'end' && hop.action !== 'service' ? 'push' : hop.action,
  }))
  return {
    weight,
    segments,
    cost: stack.cost,
    ...(delayUs === undefined ? {} : { delayUs }),
    ...(entropy === undefined ? {} : { entropyLabels: entropy }),
    hops,
  }
}

type SteeredTo = Pick<Steered, 'steering' | 'chain' | 'headend' | 'address'>

/** By intent, while it leads to the same address. */
const steerings = new WeakMap<Intent<SteeringIntent>, SteeredTo & { readonly element: PlanElement }>()

export function steeringElement({ steering, chain, headend, address }: SteeredTo): PlanElement {
  const known = steerings.get(steering)
  if (known?.chain === chain && known.headend === headend && known.address === address) return known.element
  const element = makeSteeringElement({ steering, chain, headend, address })
  steerings.set(steering, { steering, chain, headend, address, element })
  return element
}

function makeSteeringElement(one: SteeredTo): PlanElement {
  const { match, color } = one.steering.spec
  const { protocol, ...fields } = match
  const number = typeof protocol === 'string' ? PROTOCOLS[protocol] : protocol
  return {
    kind: 'steering',
    id: `steering:${one.headend.device.name}:${one.steering.name}`,
    device: one.headend.device.name,
    step: STEPS.steering,
    reason: { text: `into the chain ${one.chain.name}`, intents: [referenceOf(one.steering)] },
    match: { ...fields, ...(number === undefined ? {} : { protocol: number }) },
    color,
    endpoint: one.address,
  }
}
