import { apart, type Box, boxOf } from './box.js'
import { colourOf, colourOfAlgorithm } from './colours.js'
import { type Curve, curvesOf, middleOf, pathOf, round } from './curve.js'
import type { Drawing, DrawnEdge, DrawnNode } from './drawing.js'
import { layout, type Point } from './layout.js'
import { xml } from './xml.js'

const STEP = 150
const MARGIN = 40
const ROW = 24
const NAMED: Readonly<Record<string, string>> = {
  red: '#c62828',
  green: '#2e7d32',
  gold: '#b58900',
  orange: '#d35400',
  purple: '#6a1b9a',
}
const STYLE =
  'text{font-family:Inter,Helvetica,Arial,sans-serif;fill:#1f2933}.name{font-size:14px;font-weight:600;text-anchor:middle}.service{font-size:11px;text-anchor:middle;fill:#3e4c59}.metric{font-size:11px;text-anchor:middle;fill:#52606d;paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}.legend{font-size:13px}.x{fill:none;stroke-width:2.5;stroke-linecap:round}'

/**
 * A picture: links with their metric, chains as bands of colour, services in the box of their node, and a cross in the
 * colour of each Flex-Algo on the links that it does not use.
 */
export function toSvg(drawing: Drawing): string {
  const boxes = drawing.nodes.map(boxOf)
  const points = placed(drawing, boxes)
  const curves = curvesOf(drawing.edges, points)
  const algorithms = [...new Set(drawing.edges.flatMap((edge) => edge.prunedBy))].sort((a, b) => a - b)
  const right = Math.max(0, ...points.map(({ x }, i) => x + (boxes[i]?.halfWidth ?? 0)))
  const bottom = Math.max(0, ...points.map(({ y }, i) => y + (boxes[i]?.halfHeight ?? 0))) + MARGIN + 6
  const legend = [...chainRows(drawing), ...algorithmRows(drawing, algorithms)]
  const widest = Math.max(0, ...legend.map(({ text }) => 110 + text.length * 7.4))
  const width = Math.ceil(Math.max(420, right + MARGIN, widest))
  const height = Math.ceil(bottom + ROW * legend.length + 10)
  const parts = [
    ...drawing.chains.flatMap((chain, c) => chain.edges.map((edge) => band(drawing, curves, edge, c))),
    ...drawing.edges.map((edge, i) => line(edge, curves[i] as Curve)),
    ...drawing.edges.map((edge, i) => label(edge, curves[i] as Curve, algorithms)),
    ...drawing.nodes.map((node, i) => shape(node, points[i] as Point, boxes[i] as Box)),
    ...legend.map(({ mark, text }, row) => {
      const y = bottom + ROW * row
      return `<g transform="translate(24 ${round(y)})">${mark}<text x="58" y="4" class="legend">${xml(text)}</text></g>`
    }),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${xml(drawing.title)}</title>
<style>${STYLE}</style>
<rect width="100%" height="100%" fill="#fff"/>
${parts.join('\n')}
</svg>
`
}

function placed(drawing: Drawing, boxes: readonly Box[]): Point[] {
  const raw = layout(drawing.nodes.length, drawing.edges).map(({ x, y }) => ({ x: x * STEP, y: y * STEP }))
  const points = apart(raw, boxes)
  const left = Math.min(...points.map(({ x }, i) => x - (boxes[i]?.halfWidth ?? 0)))
  const top = Math.min(...points.map(({ y }, i) => y - (boxes[i]?.halfHeight ?? 0)))
  return points.map(({ x, y }) => ({ x: round(x - left + MARGIN), y: round(y - top + MARGIN) }))
}

function chainRows({ chains }: Drawing) {
  return chains.map(({ name, algorithm }, c) => ({
    mark: `<path d="M0 0h44" stroke="${colourOf(c)}" stroke-width="9" stroke-linecap="round" opacity=".45"/>`,
    text: `${name}${algorithm === 0 ? '' : ` (algorithm ${algorithm})`}`,
  }))
}

function algorithmRows({ edges }: Drawing, algorithms: readonly number[]) {
  return algorithms.map((algorithm, i) => {
    const count = edges.filter((edge) => edge.prunedBy.includes(algorithm)).length
    return {
      mark: cross(22, 0, i),
      text: `not in algorithm ${algorithm}: ${count} of ${edges.length} ${edges.length === 1 ? 'link' : 'links'}`,
    }
  })
}

function cross(x: number, y: number, algorithm: number): string {
  const colour = colourOfAlgorithm(algorithm)
  return `<circle cx="${round(x)}" cy="${round(y)}" r="8" fill="#fff"/><path d="M${round(x - 4)} ${round(y - 4)}l8 8m0-8l-8 8" class="x" stroke="${colour}"/>`
}

/** Chains on one link lie side by side. */
function band(drawing: Drawing, curves: readonly Curve[], number: number, chain: number): string {
  const curve = curves[number]
  if (curve === undefined) return ''
  const sharing = drawing.chains.flatMap((other, c) => (other.edges.includes(number) ? [c] : []))
  const shift = (sharing.indexOf(chain) - (sharing.length - 1) / 2) * 9
  return `<path d="${pathOf(curve, shift)}" fill="none" stroke="${colourOf(chain)}" stroke-width="9" stroke-linecap="round" opacity=".45"/>`
}

function line(edge: DrawnEdge, curve: Curve): string {
  const named = edge.affinities.map((name) => NAMED[name]).find((found) => found !== undefined)
  const dash = edge.prunedBy.length > 0 ? ' stroke-dasharray="6 5"' : ''
  return `<path d="${pathOf(curve)}" fill="none" stroke="${named ?? '#7b8794'}" stroke-width="2"${dash}/>`
}

/** In the middle; the crosses of algorithms below it. */
function label(edge: DrawnEdge, curve: Curve, algorithms: readonly number[]): string {
  const { x, y } = middleOf(curve)
  const text = [edge.metric, ...edge.affinities].filter((part) => part !== '').join(' · ')
  const delay = edge.delayUs === undefined ? '' : `, ${edge.delayUs} us`
  const pruned = edge.prunedBy.length > 0 ? `, not in algorithm ${edge.prunedBy.join(', ')}` : ''
  const crosses = edge.prunedBy.map((algorithm, i) =>
    cross(x + (i - (edge.prunedBy.length - 1) / 2) * 15, y + 13, algorithms.indexOf(algorithm)),
  )
  return `<g><title>${xml(`${text}${delay}${pruned}`)}</title>${crosses.join('')}<text x="${x}" y="${round(y + (crosses.length > 0 ? -2 : 4))}" class="metric">${xml(text)}</text></g>`
}

function shape(node: DrawnNode, { x, y }: Point, { halfWidth, halfHeight }: Box): string {
  if (node.lan) return `<circle cx="${x}" cy="${y}" r="6" fill="#7b8794"/>`
  const fill = node.role === undefined ? (node.services.length > 0 ? '#eef6ff' : '#fff') : '#fff7e0'
  const services = node.services.map(
    (name, s) => `<text x="${x}" y="${round(y - halfHeight + 39 + 15 * s)}" class="service">${xml(name)}</text>`,
  )
  return `<g><rect x="${round(x - halfWidth)}" y="${round(y - halfHeight)}" width="${round(halfWidth * 2)}" height="${round(halfHeight * 2)}" rx="10" fill="${fill}" stroke="#323f4b" stroke-width="${node.role === undefined ? 1.5 : 2.5}"/><text x="${x}" y="${round(y - halfHeight + 22)}" class="name">${xml(node.name)}</text>${services.join('')}</g>`
}
