import type { LinkRecord, NodeRecord, PrefixRecord, TopologyRecord } from '@segchain/records'

/** What can be looked at below the sessions. */
export const VIEWS = ['nodes', 'links', 'prefixes'] as const
export type View = (typeof VIEWS)[number]

export const KIND_OF: Readonly<Record<View, 'node' | 'link' | 'prefix'>> = {
  nodes: 'node',
  links: 'link',
  prefixes: 'prefix',
}

/** How nodes are called: by name where there is one. */
export type NameOf = (id: string) => string

export const TITLES: Readonly<Record<View, readonly string[]>> = {
  nodes: ['NODE', 'ROUTER-ID', 'FROM', 'SRGB', 'ALGORITHMS', 'MSD', 'ADDRESSES'],
  links: ['FROM', 'TO', 'LOCAL', 'REMOTE', 'IGP', 'TE', 'DELAY µs', 'SIDS'],
  prefixes: ['PREFIX', 'NODE', 'METRIC', 'SIDS (algorithm:SID)'],
}

/** The cells of one row; a record of another kind has none. */
export function cellsOf(record: TopologyRecord, nameOf: NameOf): readonly string[] {
  switch (record.kind) {
    case 'node':
      return nodeCells(record, nameOf)
    case 'link':
      return linkCells(record, nameOf)
    case 'prefix':
      return prefixCells(record, nameOf)
    default:
      return []
  }
}

function nodeCells(node: NodeRecord, nameOf: NameOf): string[] {
  const srgb = (node.srgb ?? []).map(({ first, size }) => `${first}-${first + size - 1}`)
  const msd = node.msds?.find(({ type }) => type === 1)?.value
  return [
    nameOf(node.id) + (node.stale === true ? ' (stale)' : ''),
    node.routerId ?? node.bgpRouterId ?? '',
    node.protocol,
    srgb.join(' '),
    (node.algorithms ?? []).join(' '),
    text(msd),
    (node.routerIds ?? []).join(' '),
  ]
}

function linkCells(link: LinkRecord, nameOf: NameOf): string[] {
  const [local = text(link.localLinkId)] = link.localAddresses ?? []
  const [remote = text(link.remoteLinkId)] = link.remoteAddresses ?? []
  const { minDelayUs, maxDelayUs, delayUs } = link
  const delay = minDelayUs === undefined ? text(delayUs) : `${minDelayUs}-${maxDelayUs ?? minDelayUs}`
  return [
    nameOf(link.localNode),
    nameOf(link.remoteNode) + (link.stale === true ? ' (stale)' : ''),
    local,
    remote,
    text(link.igpMetric),
    text(link.teMetric),
    delay,
    (link.adjacencySids ?? []).map(sidText).join(' '),
  ]
}

function prefixCells(prefix: PrefixRecord, nameOf: NameOf): string[] {
  const sids = (prefix.prefixSids ?? []).map((sid) => `${sid.algorithm}:${sidText(sid)}`)
  const stale = prefix.stale === true ? ' (stale)' : ''
  return [prefix.prefix, nameOf(prefix.node) + stale, text(prefix.metric), sids.join(' ')]
}

/** A label as it is, an index with a + before it: it counts from the start of the SRGB. */
function sidText({ label, index }: { readonly label?: number; readonly index?: number }): string {
  return label === undefined ? `+${index ?? 0}` : String(label)
}

function text(value: number | undefined): string {
  return value === undefined ? '' : String(value)
}
