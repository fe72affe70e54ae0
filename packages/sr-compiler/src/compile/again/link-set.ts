/** A set of small numbers, a bit for each. */
export class LinkSet {
  #words = new Int32Array(0)

  add(link: number): void {
    const word = link >>> 5
    if (word >= this.#words.length) {
      const words = new Int32Array(word + 1 + (word >> 1))
      words.set(this.#words)
      this.#words = words
    }
    this.#words[word] = (this.#words[word] as number) | (1 << (link & 31))
  }

  addAll(other: LinkSet): void {
    for (const [word, bits] of other.#words.entries()) {
      if (bits === 0) continue
      for (let bit = 0; bit < 32; bit += 1) if ((bits & (1 << bit)) !== 0) this.add(word * 32 + bit)
    }
  }

  has(link: number): boolean {
    return ((this.#words[link >>> 5] ?? 0) & (1 << (link & 31))) !== 0
  }
}
