import type { Drawing, DrawnEdge } from './drawing.js'
import { layout, type Point } from './layout.js'
import { xml } from './xml.js'

const STEP = 150
const MARGIN = 90
/** Okabe and Ito's colours: told apart by everybody. */
const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#8a6d00']
const NAMED: Readonly<Record<string, string>> = {
  red: '#c62828',
  green: '#2e7d32',
  gold: '#b58900',
  orange: '#d35400',
  purple: '#6a1b9a',
}

/** A picture: links with their metric, chains as bands of colour, services below their node. */
export function toSvg(drawing: Drawing): string {
  const raw = layout(drawing.nodes.length, drawing.edges)
  const left = Math.min(0, ...raw.map((p) => p.x))
  const top = Math.min(0, ...raw.map((p) => p.y))
  const points = raw.map((p) => ({ x: round((p.x - left) * STEP + MARGIN), y: round((p.y - top) * STEP + MARGIN) }))
  const below = 24 * drawing.chains.length + 30
  const width = Math.max(420, ...points.map((p) => p.x + MARGIN))
  const bottom = Math.max(0, ...points.map((p, i) => p.y + 40 + 15 * (drawing.nodes[i]?.services.length ?? 0))) + 30
  const colour = (chain: number): string => COLOURS[chain % COLOURS.length] ?? '#0072B2'
  const parts = [
    ...drawing.chains.flatMap((chain, c) => chain.edges.map((edge) => band(drawing, points, edge, c, colour(c)))),
    ...drawing.edges.map((edge, i) => line(edge, points, i)),
    ...drawing.nodes.map((_, i) => nodeShape(drawing, points, i)),
    ...drawing.chains.map((chain, c) => {
      const y = bottom + 24 * c
      const text = `${chain.name}${chain.algorithm === 0 ? '' : ` (algorithm ${chain.algorithm})`}`
      return `<path d="M24 ${y}h44" stroke="${colour(c)}" stroke-width="9" stroke-linecap="round" opacity=".45"/><text x="82" y="${y + 4}" class="legend">${xml(text)}</text>`
    }),
  ]
  const height = bottom + below
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${xml(drawing.title)}</title>
<style>text{font-family:Inter,Helvetica,Arial,sans-serif;fill:#1f2933}.name{font-size:14px;font-weight:600;text-anchor:middle}.service{font-size:11px;text-anchor:middle;fill:#52606d;paint-order:stroke;stroke:#fff;stroke-width:3px}.metric{font-size:11px;text-anchor:middle;fill:#52606d;paint-order:stroke;stroke:#fff;stroke-width:4px}.legend{font-size:13px}</style>
<rect width="100%" height="100%" fill="#fff"/>
${parts.join('\n')}
</svg>
`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function ends(edge: DrawnEdge, points: readonly Point[]): readonly [Point, Point] {
  const nowhere = { x: 0, y: 0 }
  return [points[edge.from] ?? nowhere, points[edge.to] ?? nowhere]
}

/** Chains on one link lie side by side. */
function band(drawing: Drawing, points: readonly Point[], number: number, chain: number, colour: string): string {
  const edge = drawing.edges[number]
  if (edge === undefined) return ''
  const [a, b] = ends(edge, points)
  const sharing = drawing.chains.flatMap((other, c) => (other.edges.includes(number) ? [c] : []))
  const shift = (sharing.indexOf(chain) - (sharing.length - 1) / 2) * 9
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  const dx = round((-(b.y - a.y) / length) * shift)
  const dy = round(((b.x - a.x) / length) * shift)
  return `<path d="M${round(a.x + dx)} ${round(a.y + dy)}L${round(b.x + dx)} ${round(b.y + dy)}" stroke="${colour}" stroke-width="9" stroke-linecap="round" opacity=".45"/>`
}

/** Parallel links are bent apart. */
function line(edge: DrawnEdge, points: readonly Point[], _number: number): string {
  const [a, b] = ends(edge, points)
  const named = edge.affinities.map((name) => NAMED[name]).find((found) => found !== undefined)
  const dash = edge.prunedBy.length > 0 ? ' stroke-dasharray="6 5"' : ''
  const label = [edge.metric, ...edge.affinities].filter((part) => part !== '').join(' · ')
  const delay = edge.delayUs === undefined ? '' : `, ${edge.delayUs} us`
  const pruned = edge.prunedBy.length > 0 ? `, not in algorithm ${edge.prunedBy.join(', ')}` : ''
  return `<g><title>${xml(`${label}${delay}${pruned}`)}</title><path d="M${a.x} ${a.y}L${b.x} ${b.y}" stroke="${named ?? '#7b8794'}" stroke-width="2"${dash}/><text x="${round((a.x + b.x) / 2)}" y="${round((a.y + b.y) / 2 + 4)}" class="metric">${xml(label)}</text></g>`
}

function nodeShape(drawing: Drawing, points: readonly Point[], i: number): string {
  const node = drawing.nodes[i]
  const { x, y } = points[i] ?? { x: 0, y: 0 }
  if (node === undefined) return ''
  if (node.lan) return `<circle cx="${x}" cy="${y}" r="6" fill="#7b8794"/>`
  const half = Math.max(26, node.name.length * 4.6 + 12)
  const fill = node.role === undefined ? (node.services.length > 0 ? '#eef6ff' : '#fff') : '#fff7e0'
  const services = node.services.map(
    (name, s) => `<text x="${x}" y="${round(y + 32 + 14 * s)}" class="service">${xml(name)}</text>`,
  )
  return `<g><rect x="${round(x - half)}" y="${y - 17}" width="${round(half * 2)}" height="34" rx="10" fill="${fill}" stroke="#323f4b" stroke-width="${node.role === undefined ? 1.5 : 2.5}"/><text x="${x}" y="${y + 5}" class="name">${xml(node.name)}</text>${services.join('')}</g>`
}
