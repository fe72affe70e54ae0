/** So many are found sooner by looking at all of them than by keeping them in a heap as large as the network. */
export const FEW = 16

/** A few nodes, in the order of {@link NodeHeap}. */
export class ShortList {
  readonly #distance: Float64Array
  readonly #nodes: number[] = []

  /** `distance` is the caller's array: the keys are read from it. */
  constructor(distance: Float64Array) {
    this.#distance = distance
  }

  get size(): number {
    return this.#nodes.length
  }

  /** The nearest node; only of a list that is not empty. */
  get top(): number {
    return this.#nodes[this.#nearest()] as number
  }

  push(node: number): void {
    if (!this.#nodes.includes(node)) this.#nodes.push(node)
  }

  /** Takes the nearest node out; only of a list that is not empty. */
  pop(): number {
    const nodes = this.#nodes
    const at = this.#nearest()
    const node = nodes[at] as number
    nodes[at] = nodes.at(-1) as number
    nodes.pop()
    return node
  }

  #nearest(): number {
    const [nodes, distance] = [this.#nodes, this.#distance]
    let best = 0
    for (let at = 1; at < nodes.length; at += 1) {
      const [node, nearest] = [nodes[at] as number, nodes[best] as number]
      const [one, other] = [distance[node] as number, distance[nearest] as number]
      if (one < other || (one === other && node < nearest)) best = at
    }
    return best
  }
}
