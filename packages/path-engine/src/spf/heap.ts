/**
 * A binary heap of node numbers, smallest distance first, that can lower a key in place. Equal
 * distances leave in the order of the node numbers, so that every computation has one outcome.
 */
export class NodeHeap {
  readonly #distance: Float64Array
  readonly #heap: Int32Array
  readonly #position: Int32Array
  #size = 0

  /** `distance` is the caller's array: the heap reads the keys from it. */
  constructor(distance: Float64Array) {
    this.#distance = distance
    this.#heap = new Int32Array(distance.length)
    this.#position = new Int32Array(distance.length).fill(-1)
  }

  get size(): number {
    return this.#size
  }

  /** The nearest node; only of a heap that is not empty. */
  get top(): number {
    return this.#heap[0] as number
  }

  /** Puts a node in, or moves it up after its distance was lowered. */
  push(node: number): void {
    let at = this.#position[node] as number
    if (at < 0) {
      at = this.#size
      this.#size += 1
    }
    const heap = this.#heap
    const position = this.#position
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent] as number
      if (!this.#before(node, above)) break
      heap[at] = above
      position[above] = at
      at = parent
    }
    heap[at] = node
    position[node] = at
  }

  /** Takes the nearest node out; -1 when empty. */
  pop(): number {
    if (this.#size === 0) return -1
    const heap = this.#heap
    const position = this.#position
    const top = heap[0] as number
    position[top] = -1
    this.#size -= 1
    const size = this.#size
    if (size === 0) return top
    const moved = heap[size] as number
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && this.#before(heap[child + 1] as number, heap[child] as number)) child += 1
      const below = heap[child] as number
      if (!this.#before(below, moved)) break
      heap[at] = below
      position[below] = at
      at = child
    }
    heap[at] = moved
    position[moved] = at
    return top
  }

  #before(a: number, b: number): boolean {
    const da = this.#distance[a] as number
    const db = this.#distance[b] as number
    return da < db || (da === db && a < b)
  }
}
