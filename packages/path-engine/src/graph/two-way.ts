import type { LinkRecord } from '@segchain/records'
import { areOneLink, hasLinkIds } from './directions.js'

/**
 * ISO 10589 C.2.5, RFC 2328 §16.1 (2b): a link counts only when the other end reports one back.
 * Where every report back carries addresses (or, unnumbered, identifiers of both ends), one of them must be the other
 * end of this very link: of two parallel links, the half that went down must not be used.
 */
export function twoWayCheck(links: readonly LinkRecord[]): (link: LinkRecord) => boolean {
  const byEnds = new Map<string, LinkRecord[]>()
  for (const link of links) {
    const key = `${link.localNode}|${link.remoteNode}`
    const list = byEnds.get(key)
    if (list === undefined) byEnds.set(key, [link])
    else list.push(link)
  }
  return (link) => {
    const back = byEnds.get(`${link.remoteNode}|${link.localNode}`)
    if (back === undefined) return false
    const isTold = [hasBothEnds, hasLinkIds].some((tells) => tells(link) && back.every(tells))
    return !isTold || back.some((other) => areOneLink(link, other) === true)
  }
}

function hasBothEnds(link: LinkRecord): boolean {
  return (link.localAddresses?.length ?? 0) > 0 && (link.remoteAddresses?.length ?? 0) > 0
}
