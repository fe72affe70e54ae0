import type { Srv6Network } from '@segchain/path-engine'
import type { IntentSet } from '../../intents/intent.js'
import { combinationsOf, distributionsOf } from '../load/distributions.js'
import type { NodeDirectory } from '../nodes.js'
import type { Problems } from '../problems.js'
import { costTo, evaluateSrv6, type Srv6Request, type Srv6Stop } from './choose-srv6.js'
import type { SteeredSrv6 } from './steered-srv6.js'

interface SpreadContext {
  readonly srv6: Srv6Network
  readonly intents: IntentSet
  readonly directory: NodeDirectory
  readonly problems: Problems
}

/** As for label stacks (`spreadByWeight`): weighted lists of SIDs, so that every instance gets its share. */
export function spreadSrv6(one: SteeredSrv6, request: Srv6Request, context: SpreadContext): SteeredSrv6 {
  if (one.chain.spec.mode !== 'pinned') return one
  const { services, stops, rejected } = one.chosen
  const asked = {
    services,
    endsOf: (service: string) => stops.find(({ sid }) => sid.service === service)?.ends ?? [],
    distanceTo: (node: number) => {
      const host = request.stopOfNode(node)
      return host === undefined ? Number.POSITIVE_INFINITY : costTo(context.srv6, request.headend, host.locator)
    },
  }
  const distributions = distributionsOf(asked, context)
  if (distributions.every(({ nodes }) => nodes.length < 2)) return one
  const lists = combinationsOf(distributions).flatMap(({ weight, nodes }) => {
    const list = listOver(nodes, services, request)
    const way = list && evaluateSrv6(context.srv6, request, services, list)
    if (way !== undefined && !('why' in way)) return [{ weight, chosen: { ...way, services, rejected } }]
    context.problems.add(
      way?.code ?? 'NO_SRV6',
      one.chain.source.at(['spec', 'services']),
      `chain "${one.chain.name}" cannot be spread by the weights of ${services.join(', ')}: ${way?.why ?? 'the node of an instance has no End SID'}`,
      way?.hint ?? 'take the weight from an instance that cannot serve, or widen the bounds',
    )
    return []
  })
  const [first] = lists
  return first === undefined ? one : { ...one, chosen: first.chosen, lists }
}

/** Each instance is the End SID of its node and the SID of the service; the node's is left out where the packet is. */
function listOver(
  nodes: readonly number[],
  services: readonly string[],
  request: Srv6Request,
): readonly Srv6Stop[] | undefined {
  const list: Srv6Stop[] = []
  let here = request.headend
  for (const [i, service] of services.entries()) {
    const node = nodes[i] ?? -1
    const [host, stop] = [request.stopOfNode(node), request.stopOfService(service)]
    if (host === undefined || stop === undefined) return undefined
    if (node !== here) list.push(host)
    list.push(stop)
    here = node
  }
  // Somebody has to take the outer header off, also where the last service is on the endpoint.
  return [...list, request.endpoint]
}
