import type { LinkRecord, NodeRecord, TopologyRecord } from '@segchain/records'

/** The topology in Graphviz's language: one edge for both directions of a link when their labels are the same. */
export function toDot(topology: ReadonlyMap<string, TopologyRecord>): string {
  const nodes = [...topology.values()].filter((record): record is NodeRecord => record.kind === 'node')
  const links = [...topology.values()].filter((record): record is LinkRecord => record.kind === 'link')
  const names = new Map(nodes.map((node) => [node.id, node.name ?? node.routerId ?? node.id]))
  const lines = nodes.map((node) => `  ${quote(node.id)} [label=${quote(nodeLabel(node))}${shape(node)}]`)
  const drawn = new Set<string>()
  for (const link of links) {
    const label = linkLabel(link)
    const key = [link.localNode, link.remoteNode].sort().join(' ') + label
    if (drawn.has(key)) continue
    drawn.add(key)
    lines.push(`  ${quote(link.localNode)} -- ${quote(link.remoteNode)} [label=${quote(label)}]`)
    for (const id of [link.localNode, link.remoteNode]) {
      if (names.has(id)) continue
      names.set(id, id)
      lines.push(`  ${quote(id)} [style=dashed]`)
    }
  }
  return `graph topology {\n  overlap=false\n  splines=true\n  node [shape=box, style=rounded]\n${lines.join('\n')}\n}\n`
}

function nodeLabel(node: NodeRecord): string {
  const range = node.srgb?.[0]
  const srgb = range === undefined ? '' : `\\nSRGB ${range.first}-${range.first + range.size - 1}`
  return `${node.name ?? node.routerId ?? node.id}${node.name === undefined ? '' : `\\n${node.routerId ?? ''}`}${srgb}`
}

function shape(node: NodeRecord): string {
  return node.pseudonode === true ? ', shape=point' : ''
}

function linkLabel(link: LinkRecord): string {
  const parts = [link.igpMetric === undefined ? '' : String(link.igpMetric)]
  if (link.minDelayUs !== undefined) parts.push(`${link.minDelayUs} µs`)
  return parts.filter((part) => part !== '').join(', ')
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '\\"')}"`
}
