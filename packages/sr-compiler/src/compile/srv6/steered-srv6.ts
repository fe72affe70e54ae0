import {
  type Encapsulation,
  formatIpv6,
  type Graph,
  nodeAt,
  nodeName,
  type Snapshot,
  type Srv6Network,
} from '@segchain/path-engine'
import type { DisjointFrom } from '@segchain/records'
import type { Intent, IntentSet } from '../../intents/intent.js'
import type { ChainIntent, SteeringIntent } from '../../intents/schema/index.js'
import { mustKeepApart } from '../disjoint/groups.js'
import type { ManagedNode, NodeDirectory } from '../nodes.js'
import { reportFailures } from '../policies.js'
import { Problems } from '../problems.js'
import { chainOf } from '../services.js'
import { type ChosenSrv6, chooseSrv6, type Srv6Request, type Srv6Stop } from './choose-srv6.js'
import { dataPlaneOf } from './data-plane.js'
import { keepApartSrv6 } from './keep-apart-srv6.js'
import { endSids } from './planned-locators.js'
import { spreadSrv6 } from './spread-srv6.js'

export interface Srv6Context {
  readonly graph: Graph
  readonly srv6: Srv6Network
  readonly intents: IntentSet
  readonly directory: NodeDirectory
  readonly problems: Problems
  readonly topology: Snapshot
  /** Why a node cannot take part, or undefined. */
  readonly whyUnable: (node: number) => string | undefined
}

/** A Steering whose chain goes over SRv6. */
export interface SteeredSrv6 {
  readonly steering: Intent<SteeringIntent>
  readonly chain: Intent<ChainIntent>
  readonly headend: ManagedNode
  /** The IPv6 address of the endpoint. */
  readonly address: string
  readonly endpoint: number
  readonly encapsulation: Encapsulation
  readonly chosen: ChosenSrv6
  /** What was asked for. */
  readonly request: Srv6Request
  readonly disjointFrom?: DisjointFrom
  /** Several weighted segment lists; `chosen` is the first of them. */
  readonly lists?: readonly { readonly weight: number; readonly chosen: ChosenSrv6 }[]
}

export interface Srv6Result {
  readonly steered: readonly SteeredSrv6[]
  /** Of data plane `auto`: Steerings that SRv6 cannot serve, and why; they are left to MPLS. */
  readonly fallen: ReadonlyMap<string, string>
}

/** For every Steering on SRv6 its chain; what is wrong is in the problems, unless MPLS may do instead. */
export function steeredSrv6(context: Srv6Context): Srv6Result {
  const steered: SteeredSrv6[] = []
  const fallen = new Map<string, string>()
  for (const steering of context.intents.steerings) {
    const chain = chainOf(context.intents, steering.spec.chain)
    const plane = chain === undefined ? 'mpls' : dataPlaneOf(chain, context.intents)
    if (chain === undefined || plane === 'mpls') continue
    const problems = plane === 'auto' ? new Problems() : context.problems
    const apart = plane === 'auto' ? keepsApart(chain, context.intents) : undefined
    if (apart !== undefined) {
      fallen.set(steering.name, apart)
      continue
    }
    const one = resolve(steering, chain, { ...context, problems })
    if (one !== undefined) steered.push(one)
    else if (plane === 'auto') fallen.set(steering.name, problems.errors.map((error) => error.message).join('; '))
  }
  const apart = keepApartSrv6(steered, context)
  // Keeping apart has decided the way already.
  const spread = apart.map((one) => (one.disjointFrom === undefined ? spreadSrv6(one, one.request, context) : one))
  return { steered: spread, fallen }
}

/** Of `auto`: chains that keep apart from one another are on one data plane, which is that of label stacks. */
function keepsApart(chain: Intent<ChainIntent>, intents: IntentSet): string | undefined {
  const other = [...intents.chains.values()].find((one) => mustKeepApart(chain, one))
  return other === undefined ? undefined : `it keeps apart from chain "${other.name}", which is done with label stacks`
}

function resolve(
  steering: Intent<SteeringIntent>,
  chain: Intent<ChainIntent>,
  context: Srv6Context,
): SteeredSrv6 | undefined {
  const { directory, problems, srv6, intents } = context
  const { source, spec } = steering
  const headend = directory.managedNode(spec.headend, source, ['spec', 'headend'], problems)
  const endpoint = directory.node(spec.endpoint, source, ['spec', 'endpoint'], problems)
  if (headend === undefined || endpoint === undefined) return undefined
  if (headend.node.index === endpoint.index) {
    const message = `the headend and the endpoint are both ${nodeName(endpoint)}`
    problems.add('ENDPOINT_IS_HEADEND', source.at(['spec', 'endpoint']), message, 'end the chain at another node')
    return undefined
  }
  const algorithm = chain.spec.algorithm ?? 0
  if (srv6.topology(algorithm) === undefined) {
    const where = chain.source.at(['spec', 'algorithm'])
    problems.add('UNKNOWN_ALGORITHM', where, `nobody defines algorithm ${algorithm}`, `add a FlexAlgo ${algorithm}`)
    return undefined
  }
  const stop = stopOfNode(srv6, endpoint.index, algorithm)
  if (stop === undefined) {
    problems.add(
      'ENDPOINT_WITHOUT_SID',
      source.at(['spec', 'endpoint']),
      context.whyUnable(endpoint.index) ??
        `${nodeName(endpoint)} has no End SID of algorithm ${algorithm} that decapsulates (USD, RFC 8986 §4.16.3)`,
      `advertise one; or a Device for it and spec.srv6.blocks["${algorithm}"] of the Network intent`,
    )
    return undefined
  }
  if (spec.bindingSid !== undefined) {
    problems.add(
      'BINDING_SID_ON_SRV6',
      source.at(['spec', 'bindingSid']),
      `a binding-SID is a label, and chain "${chain.name}" goes over SRv6`,
      'take bindingSid away, or let the chain go over label stacks: dataPlane: mpls',
    )
    return undefined
  }
  const encapsulation = intents.network?.spec.srv6?.encapsulation ?? 'H.Encaps.Red'
  const request: Srv6Request = {
    spec: chain.spec,
    headend: headend.node.index,
    endpoint: stop,
    endpointNode: endpoint.index,
    stopOfService: (name) => stopOfService(srv6, name, algorithm),
    stopOfNode: (node) => stopOfNode(srv6, node, algorithm),
    whyUnable: context.whyUnable,
    encapsulation,
  }
  const chosen = chooseSrv6(srv6, request)
  if ('failures' in chosen) {
    reportFailures(steering, chain, chosen.failures, problems)
    return undefined
  }
  const address = addressOf(context, endpoint.index) ?? formatIpv6(stop.sid.sid)
  return { steering, chain, headend, address, endpoint: endpoint.index, encapsulation, chosen, request }
}

/** A micro-SID where there is one. */
function stopOfNode(network: Srv6Network, node: number, algorithm: number): Srv6Stop | undefined {
  const found = endSids(network.sids, node, algorithm)
  const sid = found.find((one) => one.behavior.csid === 'next') ?? found[0]
  const locator = sid === undefined ? undefined : network.locatorOf(sid.sid)
  return sid === undefined || locator === undefined ? undefined : { sid, locator }
}

function stopOfService(network: Srv6Network, name: string, algorithm: number): Srv6Stop | undefined {
  const locator = network.locators.find((one) => one.service === name && one.algorithm === algorithm)
  const sid = network.sids.find((one) => one.service === name && one.algorithm === algorithm)
  return locator === undefined || sid === undefined ? undefined : { locator, sid }
}

/** RFC 9256 §2.1: an address of the node; its router-id, or a host prefix of its own. */
function addressOf({ graph, topology }: Srv6Context, node: number): string | undefined {
  const { record, id } = nodeAt(graph, node)
  const own = record?.routerIds?.find((address) => address.includes(':'))
  if (own !== undefined) return own
  return topology.prefixes.find((one) => one.node === id && one.prefix.endsWith('/128'))?.prefix.slice(0, -4)
}
