import { colourOf } from './colours.js'
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
    const role = node.role === undefined ? '' : ', penwidth=2'
    lines.push(`  n${i} [label=${quote(label)}${node.lan ? ', shape=point' : ''}${role}];`)
  })
  drawing.edges.forEach((edge, i) => {
    const chains = drawing.chains.flatMap(({ edges, name }, c) =>
      edges.includes(i) ? [{ name, colour: colourOf(c) }] : [],
    )
    const pruned = edge.prunedBy.map((algorithm) => `not in ${algorithm}`)
    const style = [
      `label=${quote([edge.metric, ...edge.affinities, ...pruned].filter((part) => part !== '').join('\n'))}`,
      // A list of colours is drawn as lines side by side.
      ...(chains.length > 0 ? ['penwidth=3', `color=${quote(chains.map(({ colour }) => colour).join(':'))}`] : []),
      ...(chains.length > 0 ? [`tooltip=${quote(chains.map(({ name }) => name).join('\n'))}`] : []),
      ...(edge.prunedBy.length > 0 ? ['style=dashed'] : []),
    ]
    lines.push(`  n${edge.from} -- n${edge.to} [${style.join(', ')}];`)
  })
  return `${[...lines, '}'].join('\n')}\n`
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}
