import type { DrawnEdge } from './drawing.js'
import type { Point } from './layout.js'

/** Between two of several links of the same two nodes, at their middle, in pixels. */
const BETWEEN_PARALLELS = 34

/** A line between two nodes: straight, or bent to its side. */
export interface Curve {
  readonly from: Point
  readonly to: Point
  /** How far the middle lies beside the straight line. */
  readonly bend: number
}

/** By edge: links of the same two nodes are bent apart. */
export function curvesOf(edges: readonly DrawnEdge[], points: readonly Point[]): Curve[] {
  const groups = new Map<string, number[]>()
  edges.forEach(({ from, to }, i) => {
    const key = `${Math.min(from, to)}-${Math.max(from, to)}`
    groups.set(key, [...(groups.get(key) ?? []), i])
  })
  const bendOf = new Map(
    [...groups.values()].flatMap((group) =>
      group.map((edge, i): [number, number] => [edge, (i - (group.length - 1) / 2) * BETWEEN_PARALLELS]),
    ),
  )
  const nowhere = { x: 0, y: 0 }
  return edges.map(({ from, to }, i) => {
    // Bent to the same side whichever end is the first.
    const [a, b] = from < to ? [from, to] : [to, from]
    return { from: points[a] ?? nowhere, to: points[b] ?? nowhere, bend: bendOf.get(i) ?? 0 }
  })
}

/** As the `d` of an SVG path, moved to its side by so many pixels. */
export function pathOf(curve: Curve, shift = 0): string {
  const { from, to, bend } = curve
  const side = sideOf(curve)
  const at = (x: number, y: number, by: number): string => `${round(x + side.x * by)} ${round(y + side.y * by)}`
  const start = at(from.x, from.y, shift)
  const end = at(to.x, to.y, shift)
  if (bend === 0) return `M${start}L${end}`
  // The middle of a quadratic curve lies half-way to its control point.
  return `M${start}Q${at((from.x + to.x) / 2, (from.y + to.y) / 2, 2 * bend + shift)} ${end}`
}

export function middleOf(curve: Curve): Point {
  const { from, to, bend } = curve
  const side = sideOf(curve)
  return { x: round((from.x + to.x) / 2 + side.x * bend), y: round((from.y + to.y) / 2 + side.y * bend) }
}

/** Of length 1, across the line. */
function sideOf({ from, to }: Curve): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  return { x: -(to.y - from.y) / length, y: (to.x - from.x) / length }
}

export function round(value: number): number {
  return Math.round(value * 10) / 10
}
