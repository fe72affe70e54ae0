import type { DrawnNode } from './drawing.js'
import type { Point } from './layout.js'

/** Half the width and height of what stands for a node on paper, in pixels. */
export interface Box {
  readonly halfWidth: number
  readonly halfHeight: number
}

/** Space between two boxes. */
const GAP = 16

/** Its name, and its services in smaller letters below it. */
export function boxOf({ name, lan, services }: DrawnNode): Box {
  if (lan) return { halfWidth: 6, halfHeight: 6 }
  const widest = Math.max(name.length * 4.6, ...services.map((service) => service.length * 3.4))
  return { halfWidth: Math.max(26, widest + 12), halfHeight: 17 + services.length * 7.5 }
}

/** Moves boxes that cover one another apart, each half of the way over which they need least; the same every time. */
export function apart(points: readonly Point[], boxes: readonly Box[]): Point[] {
  const at = points.map(({ x, y }) => ({ x, y }))
  // Of thousands of nodes a few rounds have to do.
  const rounds = Math.max(4, Math.min(120, Math.floor(2e7 / (at.length * at.length + 1))))
  for (let round = 0; round < rounds; round += 1) {
    let moved = false
    for (let i = 0; i < at.length; i += 1) {
      for (let j = i + 1; j < at.length; j += 1) moved = push(at, boxes, i, j) || moved
    }
    if (!moved) break
  }
  return at
}

function push(at: { x: number; y: number }[], boxes: readonly Box[], i: number, j: number): boolean {
  const [a, b, one, other] = [at[i], at[j], boxes[i], boxes[j]]
  if (a === undefined || b === undefined || one === undefined || other === undefined) return false
  const overX = one.halfWidth + other.halfWidth + GAP - Math.abs(a.x - b.x)
  const overY = one.halfHeight + other.halfHeight + GAP - Math.abs(a.y - b.y)
  if (overX <= 0.01 || overY <= 0.01) return false
  if (overX < overY) {
    const by = (a.x <= b.x ? -1 : 1) * (overX / 2)
    a.x += by
    b.x -= by
  } else {
    const by = (a.y <= b.y ? -1 : 1) * (overY / 2)
    a.y += by
    b.y -= by
  }
  return true
}
