/**
 * A binary heap of whatever `before` puts in an order: a strict one, `before(a, a)` is false. Items that stand in no
 * order leave in one that depends only on how they came.
 */
export class Heap<T> {
  readonly #items: T[] = []
  readonly #before: (a: T, b: T) => boolean

  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before
  }

  get size(): number {
    return this.#items.length
  }

  push(item: T): void {
    const items = this.#items
    let at = items.push(item) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = items[parent] as T
      if (!this.#before(item, above)) break
      items[at] = above
      at = parent
    }
    items[at] = item
  }

  /** Takes the first item out; undefined when there is none. */
  pop(): T | undefined {
    const items = this.#items
    const top = items[0]
    const moved = items.pop()
    if (moved === undefined || items.length === 0) return top
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= items.length) break
      if (child + 1 < items.length && this.#before(items[child + 1] as T, items[child] as T)) child += 1
      const below = items[child] as T
      if (!this.#before(below, moved)) break
      items[at] = below
      at = child
    }
    items[at] = moved
    return top
  }
}
