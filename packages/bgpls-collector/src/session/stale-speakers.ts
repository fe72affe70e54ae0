/** Speakers that are gone and may come back (RFC 4724 §4.2): when what they said goes. */
export class StaleSpeakers {
  readonly #waiting = new Map<string, NodeJS.Timeout>()
  readonly #expired: (source: string) => void

  constructor(expired: (source: string) => void) {
    this.#expired = expired
  }

  /** @param seconds how long the speaker has, from now on. */
  expire(source: string, seconds: number): void {
    clearTimeout(this.#waiting.get(source))
    const expire = () => {
      this.#waiting.delete(source)
      this.#expired(source)
    }
    this.#waiting.set(source, setTimeout(expire, seconds * 1000))
  }

  /** @returns whether the speaker was awaited. */
  cameBack(source: string): boolean {
    clearTimeout(this.#waiting.get(source))
    return this.#waiting.delete(source)
  }

  stop(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer)
  }
}
