import type { Drawing } from './drawing.js'

/** Graphviz. */
export function toDot(drawing: Drawing): string {
  const lines = [
    `graph ${quote(drawing.title)} {`,
    '  node [shape=box, style=rounded, fontname="Helvetica"];',
    '  edge [fontname="Helvetica"];',
  ]
  drawing.nodes.forEach((node, i) => {
    const label = [node.name, ...node.services].join('\n')
    lines.push(`  n${i} [label=${quote(label)}${node.lan ? ', shape=point' : ''}];`)
  })
  drawing.edges.forEach((edge, i) => {
    const chains = drawing.chains.filter((chain) => chain.edges.includes(i))
    const style = [
      `label=${quote([edge.metric, ...edge.affinities].filter((part) => part !== '').join(' '))}`,
      ...(chains.length > 0 ? ['penwidth=3', 'color="#1f6feb"'] : []),
      ...(edge.prunedBy.length > 0 ? ['style=dashed'] : []),
    ]
    lines.push(`  n${edge.from} -- n${edge.to} [${style.join(', ')}];`)
  })
  return `${[...lines, '}'].join('\n')}\n`
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}
