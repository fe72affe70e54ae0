import { mergeLinks } from '@segchain/path-engine'
import type { LinkRecord, NodeRecord, PrefixRecord, TopologyRecord } from '@segchain/records'
import type { Terminal } from '../terminal.js'

/** A line a node: what it is, its SIDs, and to whom it has links. */
export function showTopology(
  terminal: Terminal,
  records: readonly TopologyRecord[],
  affinityNames: ReadonlyMap<number, string>,
): void {
  const nodes = records.filter((record): record is NodeRecord => record.kind === 'node')
  const reported = records.filter((record): record is LinkRecord => record.kind === 'link')
  const links = mergeLinks(reported)
  const prefixes = records.filter((record): record is PrefixRecord => record.kind === 'prefix')
  const names = new Map(nodes.map((node) => [node.id, node.name ?? node.routerId ?? node.id]))
  for (const node of nodes) {
    const block = node.srgb?.[0]
    const srgb = block === undefined ? 'no SRGB' : `SRGB ${block.first}-${block.first + block.size - 1}`
    const neighbors = links
      .filter((link) => link.localNode === node.id)
      .map((link) => `${names.get(link.remoteNode) ?? link.remoteNode}${linkNote(terminal, link, affinityNames)}`)
    const label = nodeLabel(node, prefixes)
    const address = (node.routerIds?.[0] ?? node.routerId ?? '').padEnd(11)
    const name = terminal.paint('bold', (names.get(node.id) ?? '').padEnd(3))
    terminal.line(`   ${name} ${address} ${srgb}  node-SID ${label}  ── ${neighbors.join(', ')}`)
  }
  terminal.line()
  const several = reported.length === links.length ? '' : ` (in ${reported.length} records: some are reported again)`
  terminal.line(
    `   ${nodes.length} nodes, ${links.length} directed links${several}, ${prefixes.length} prefixes; in brackets metric and affinity`,
  )
}

function nodeLabel(node: NodeRecord, prefixes: readonly PrefixRecord[]): string {
  const base = node.srgb?.[0]?.first
  for (const prefix of prefixes) {
    if (prefix.node !== node.id || prefix.prefix.includes(':')) continue
    const sid = prefix.prefixSids?.find(({ algorithm }) => algorithm === 0)
    if (sid?.label !== undefined) return String(sid.label)
    if (sid?.index !== undefined && base !== undefined) return String(base + sid.index)
  }
  return '-'
}

function linkNote(terminal: Terminal, link: LinkRecord, affinityNames: ReadonlyMap<number, string>): string {
  const groups = (link.extendedAdminGroups ?? link.adminGroups ?? []).map(
    (bit) => affinityNames.get(bit) ?? `bit ${bit}`,
  )
  const text = ` (${[link.igpMetric, ...groups].filter((part) => part !== undefined).join(' ')})`
  return groups.includes('red') ? terminal.paint('red', text) : terminal.paint('dim', text)
}
