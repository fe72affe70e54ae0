import type { BindingAllocation } from './lock-file.js'

/** Gives out labels for binding-SIDs: what is locked stays, new ones take the lowest label that is free on all nodes. */
export class BindingAllocator {
  readonly added: BindingAllocation[] = []
  readonly #held: Map<string, number>
  readonly #taken: Set<number>

  /** `reserved`: labels that somebody else has, on any node. */
  constructor(locked: readonly BindingAllocation[], reserved: ReadonlySet<number>) {
    this.#held = new Map(locked.map((entry) => [entry.owner, entry.label]))
    this.#taken = new Set([...locked.map((entry) => entry.label), ...reserved])
  }

  /** `candidates` in order; undefined when all are taken. */
  labelFor(owner: string, candidates: Iterable<number>): number | undefined {
    const held = this.#held.get(owner)
    if (held !== undefined) return held
    for (const label of candidates) {
      if (this.#taken.has(label)) continue
      this.#taken.add(label)
      this.#held.set(owner, label)
      this.added.push({ owner, label })
      return label
    }
    return undefined
  }
}
