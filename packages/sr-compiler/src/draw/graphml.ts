import type { Drawing } from './drawing.js'
import { xml } from './xml.js'

/** GraphML, for yEd, Gephi, networkx. */
export function toGraphml(drawing: Drawing): string {
  const keys = [
    ['name', 'node', 'string'],
    ['services', 'node', 'string'],
    ['lan', 'node', 'boolean'],
    ['role', 'node', 'string'],
    ['metric', 'edge', 'string'],
    ['delayUs', 'edge', 'int'],
    ['affinities', 'edge', 'string'],
    ['chains', 'edge', 'string'],
    ['prunedBy', 'edge', 'string'],
  ]
  const data = (key: string, value: string | undefined): string =>
    value === undefined ? '' : `<data key="${key}">${xml(value)}</data>`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(([name, of, type]) => `  <key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`),
    `  <graph id="${xml(drawing.title)}" edgedefault="undirected">`,
    ...drawing.nodes.map(
      (node, i) =>
        `    <node id="n${i}">${data('name', node.name)}${data('services', node.services.join(' '))}${data('lan', String(node.lan))}${data('role', node.role)}</node>`,
    ),
    ...drawing.edges.map((edge, i) => {
      const chains = drawing.chains.filter((chain) => chain.edges.includes(i)).map((chain) => chain.id)
      const delay = edge.delayUs === undefined ? undefined : String(edge.delayUs)
      return `    <edge source="n${edge.from}" target="n${edge.to}">${data('metric', edge.metric)}${data('delayUs', delay)}${data('affinities', edge.affinities.join(' '))}${data('chains', chains.join(' '))}${data('prunedBy', edge.prunedBy.join(' '))}</edge>`
    }),
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n')
}
