import {
  DistanceCache,
  encodePath,
  type Graph,
  type Locator,
  linkAt,
  nodeAt,
  nodeName,
  type Srv6Network,
  type Srv6Sid,
} from '@segchain/path-engine'
import type { ExplicitWalk, WalkRequest } from '../disjoint/explicit-walk.js'
import type { StackFailure } from '../stack.js'
import { evaluateSrv6, type Srv6Request, type Srv6Stop, type Srv6Way } from './choose-srv6.js'

/** The same request for {@link cheapestWalk}: locators lead to services and to the endpoint. */
export function walkRequestOf({ spec, headend, endpoint, stopOfService }: Srv6Request): WalkRequest<Locator> {
  return { spec, headend, endpoint: endpoint.locator, sidOfService: (name) => stopOfService(name)?.locator }
}

/**
 * A list that forces the walk: End SIDs where the way to the node is the only shortest one, End.X SIDs elsewhere. An
 * End.X SID leads to its node by itself (its locator), so that no End SID stands before it.
 */
export function explicitSrv6(
  network: Srv6Network,
  request: Srv6Request,
  walk: ExplicitWalk<Locator>,
): Srv6Way | StackFailure {
  const algorithm = request.spec.algorithm ?? 0
  const topology = network.topology(algorithm)
  if (topology === undefined) return { code: 'ALGORITHM_UNKNOWN', why: `nobody computes algorithm ${algorithm}` }
  const distances = new DistanceCache(topology)
  const ofLinks = network.sids.filter((sid) => sid.behavior.base === 'End.X' && sid.algorithm === algorithm)
  const list: Srv6Stop[] = []
  for (const { links, service } of walk.stops) {
    const hasAdjacencySid = (link: number): boolean => ofLinks.some((sid) => sid.link === link)
    const segments = links.length === 0 ? [] : encodePath(distances, links, { hasAdjacencySid })
    if (segments === undefined) return notForced(network.graph, links)
    segments.forEach((segment, i) => {
      const next = segments[i + 1]
      const isPassed = segment.kind === 'node' && next?.kind === 'adjacency'
      if (isPassed && linkAt(network.graph, next.link).from === segment.node) return
      const stop =
        segment.kind === 'node'
          ? transitStop(network, segment.node, algorithm)
          : stopOf(
              network,
              ofLinks.filter((sid) => sid.link === segment.link && sid.to === segment.to),
            )
      if (stop !== undefined) list.push(stop)
    })
    if (service === undefined) continue
    const stop = request.stopOfService(service.name)
    if (stop !== undefined) list.push(stop)
  }
  // Somebody has to take the outer header off, also where the list leads to the endpoint already.
  if (list.at(-1)?.sid === transitStop(network, request.endpointNode, algorithm)?.sid) list.pop()
  list.push(request.endpoint)
  const way = evaluateSrv6(network, request, walk.services, list)
  const links = walk.stops.flatMap((stop) => stop.links)
  return 'why' in way || takes(way, network.graph, links) ? way : notForced(network.graph, links)
}

/** Any End SID of the node does on the way. */
function transitStop(network: Srv6Network, node: number, algorithm: number): Srv6Stop | undefined {
  const own = network.sids.filter(
    (sid) =>
      sid.node === node && sid.algorithm === algorithm && sid.behavior.base === 'End' && sid.service === undefined,
  )
  return stopOf(network, own)
}

/** A micro-SID where there is one. */
function stopOf(network: Srv6Network, sids: readonly Srv6Sid[]): Srv6Stop | undefined {
  const fitting = sids.filter((sid) => sid.behavior.csid !== 'replace')
  const sid = fitting.find((one) => one.behavior.csid === 'next') ?? fitting[0]
  const locator = sid && network.locatorOf(sid.sid)
  return locator && { sid, locator }
}

/** The packet takes these links, one after the other, and no others. A LAN is two links, and one hop. */
function takes({ trace }: Srv6Way, graph: Graph, links: readonly number[]): boolean {
  const taken: number[] = []
  const [first] = trace.hops
  for (let hop = first; hop !== undefined; hop = trace.hops[hop.next[0] ?? -1]) {
    if (hop.next.length > 1 || taken.length > links.length) return false
    taken.push(...hop.links.filter((link) => link >= 0))
  }
  const wanted = links.filter((link) => !nodeAt(graph, linkAt(graph, link).from).pseudonode)
  return taken.length === wanted.length && taken.every((link, i) => link === wanted[i])
}

function notForced(graph: Graph, links: readonly number[]): StackFailure {
  const names = links.map((link) => {
    const { from, to } = linkAt(graph, link)
    return `${nodeName(nodeAt(graph, from))}-${nodeName(nodeAt(graph, to))}`
  })
  return {
    code: 'NO_END_X_SID',
    why: `the way over ${names.join(', ')} cannot be forced: End SIDs would take another, or are not there, and the topology tells no End.X SID`,
    hint: 'let the routers have End and End.X SIDs (locators of the algorithm) and export them over BGP-LS',
  }
}
