import type { LinkRecord } from '@segchain/records'
import type { Graph } from './graph.js'
import { linkAt } from './graph.js'

/**
 * Whether two records between the same nodes are the two directions of one link: by the addresses of its ends, of
 * unnumbered links by the link identifiers (RFC 5307 §1.1). Undefined where neither tells.
 */
export function areOneLink(one: LinkRecord, back: LinkRecord): boolean | undefined {
  const { localAddresses: near = [], remoteAddresses: far = [] } = one
  const { localAddresses: nearBack = [], remoteAddresses: farBack = [] } = back
  if (near.length > 0 && nearBack.length > 0 && far.length + farBack.length > 0) {
    return far.some((address) => nearBack.includes(address)) || farBack.some((address) => near.includes(address))
  }
  if (!hasLinkIds(one) || !hasLinkIds(back)) return undefined
  return one.localLinkId === back.remoteLinkId && one.remoteLinkId === back.localLinkId
}

/** An identifier of 0 is one that is not known (RFC 4203 §1.1). */
export function hasLinkIds({ localLinkId = 0, remoteLinkId = 0 }: LinkRecord): boolean {
  return localLinkId !== 0 && remoteLinkId !== 0
}

/** By link: the smaller number of its two directions, itself where it has one alone. Parallel links are told apart. */
export function bothDirections(graph: Graph): number[] {
  const open = new Map<string, number[]>()
  const fibre = graph.links.map((link) => link.index)
  for (const { index, from, to, record } of graph.links) {
    const waiting = open.get(`${to}-${from}`) ?? []
    const told = waiting.map((other) => areOneLink(record, linkAt(graph, other).record))
    const sure = told.indexOf(true)
    const at = sure < 0 ? told.indexOf(undefined) : sure
    const [back] = at < 0 ? [] : waiting.splice(at, 1)
    if (back === undefined) open.set(`${from}-${to}`, [...(open.get(`${from}-${to}`) ?? []), index])
    else fibre[index] = back
  }
  return fibre
}
