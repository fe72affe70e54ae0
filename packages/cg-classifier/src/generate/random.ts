/** A seeded source of random numbers: the same seed gives the same numbers on every machine. */
export class Random {
  #a: number
  #b: number
  #c: number
  #count = 1

  /** @param seed any text. */
  constructor(seed: string) {
    // FNV-1a with three bases; sfc32 mixes what remains of it away in the first rounds.
    this.#a = fnv1a(seed, 0x811c9dc5)
    this.#b = fnv1a(seed, 0x050c5d1f)
    this.#c = fnv1a(seed, 0x9e3779b9)
    for (let round = 0; round < 15; round++) this.uniform()
  }

  /** In [0, 1), 32 bits; sfc32 by Chris Doty-Humphrey (PractRand, public domain). */
  uniform(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#count) | 0
    this.#count = (this.#count + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return (sum >>> 0) / 0x1_0000_0000
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform()
  }

  /** Uniform in the logarithm: every octave is as likely. */
  logBetween(low: number, high: number): number {
    return low * (high / low) ** this.uniform()
  }

  /** A standard normal deviate as the sum of twelve uniform ones, within ±6. */
  normal(): number {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += this.uniform()
    return sum
  }

  /** Mean 1. */
  exponential(): number {
    return -Math.log(1 - this.uniform())
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[Math.floor(this.uniform() * list.length)] ?? list[0]
  }
}

function fnv1a(text: string, basis: number): number {
  let hash = basis
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash | 0
}
