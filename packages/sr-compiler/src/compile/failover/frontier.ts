/** A small binary heap of nodes by their estimates, in tables that are used again. */
export class Frontier {
  #keys = new Float64Array(256)
  #nodes = new Int32Array(256)
  #size = 0

  clear(): void {
    this.#size = 0
  }

  push(node: number, key: number): void {
    if (this.#size === this.#keys.length) this.#grow()
    const [keys, nodes] = [this.#keys, this.#nodes]
    let at = this.#size
    this.#size += 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = keys[parent] as number
      if (above <= key) break
      keys[at] = above
      nodes[at] = nodes[parent] as number
      at = parent
    }
    keys[at] = key
    nodes[at] = node
  }

  /** -1 when nothing is left whose estimate is at most `most`. */
  pop(most: number): number {
    const [keys, nodes] = [this.#keys, this.#nodes]
    if (this.#size === 0 || (keys[0] as number) > most) return -1
    const top = nodes[0] as number
    this.#size -= 1
    const size = this.#size
    const key = keys[size] as number
    let at = 0
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && (keys[child + 1] as number) < (keys[child] as number)) child += 1
      const below = keys[child] as number
      if (below >= key) break
      keys[at] = below
      nodes[at] = nodes[child] as number
      at = child
    }
    keys[at] = key
    nodes[at] = nodes[size] as number
    return top
  }

  #grow(): void {
    const [keys, nodes] = [this.#keys, this.#nodes]
    this.#keys = new Float64Array(2 * keys.length)
    this.#keys.set(keys)
    this.#nodes = new Int32Array(2 * nodes.length)
    this.#nodes.set(nodes)
  }
}
