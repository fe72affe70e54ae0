/**
 * A map that makes what is missing and forgets what was not asked for recently: when it is full, the half that has
 * been silent longer goes. Costs no more than two look-ups, and a flood of new keys pushes out no key that goes on.
 */
export class RecentMap<V> {
  readonly #half: number
  readonly #make: () => V
  #young = new Map<string, V>()
  #old = new Map<string, V>()

  constructor(most: number, make: () => V) {
    this.#half = Math.max(1, most >> 1)
    this.#make = make
  }

  get size(): number {
    return this.#young.size + this.#old.size
  }

  of(key: string): V {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const value = this.#old.get(key) ?? this.#make()
    this.#old.delete(key)
    if (this.#young.size >= this.#half) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
    return value
  }
}
