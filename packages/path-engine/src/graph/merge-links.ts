import type { LinkRecord } from '@segchain/records'

/**
 * One record per interface. A speaker may describe a link again when it learns more of it (FRR sends
 * the IPv4, the IPv6 and the dual-stack descriptor of one IS-IS adjacency as three NLRI, RFC 9552
 * §5.2.2 makes them three links). An interface address is on one interface of a node, so records
 * between the same nodes that share a local address are the same link; the fullest descriptor stands
 * for it, completed with what only the others say.
 */
export function mergeLinks(links: readonly LinkRecord[]): LinkRecord[] {
  const merged: LinkRecord[] = []
  const byAddress = new Map<string, number>()
  const fullestFirst = [...links].sort((a, b) => descriptors(b) - descriptors(a) || (a.id < b.id ? -1 : 1))
  for (const link of fullestFirst) {
    const keys = addressKeys(link)
    const at = keys.map((key) => byAddress.get(key)).find((index) => index !== undefined)
    const known = at === undefined ? undefined : merged[at]
    if (at === undefined || known === undefined || contradicts(known, link)) {
      for (const key of keys) if (!byAddress.has(key)) byAddress.set(key, merged.length)
      merged.push(link)
    } else {
      merged[at] = { ...link, ...known }
    }
  }
  return merged
}

function descriptors(link: LinkRecord): number {
  return (link.localAddresses?.length ?? 0) + (link.remoteAddresses?.length ?? 0)
}

/** Link-local identifiers that both are there and differ: two links, whatever the addresses. */
function contradicts(a: LinkRecord, b: LinkRecord): boolean {
  return a.localLinkId !== undefined && b.localLinkId !== undefined && a.localLinkId !== b.localLinkId
}

function addressKeys(link: LinkRecord): string[] {
  const base = `${link.multiTopologyId ?? 0}|${link.localNode}|${link.remoteNode}|`
  return (link.localAddresses ?? []).map((address) => base + address)
}
