import type { HeldFrame } from '../plane/plane.js'

interface Waiting {
  readonly frame: HeldFrame
  readonly untilMs: number
}

/** So many frames are held at most, of all services together: 2 MB each thousand. */
const MOST = 4096

/** First packets of sessions whose service is DELAY, until the controller has answered. */
export class Held {
  readonly #queues = new Map<number, Waiting[]>()
  readonly #holdMs: number
  #count = 0
  /** Frames that were given up: too late, or too many. */
  dropped = 0

  constructor(holdMs: number) {
    this.#holdMs = holdMs
  }

  get count(): number {
    return this.#count
  }

  /** @returns whether it is the first that waits for this service: somebody should be asked */
  add(frame: HeldFrame, nowMs: number): boolean {
    this.expire(nowMs)
    if (this.#count >= MOST) {
      this.dropped++
      return false
    }
    const queue = this.#queues.get(frame.service)
    this.#count++
    if (queue === undefined) this.#queues.set(frame.service, [{ frame, untilMs: nowMs + this.#holdMs }])
    else queue.push({ frame, untilMs: nowMs + this.#holdMs })
    return queue === undefined
  }

  /** Takes out, in the order in which they came, the frames of the services that are decided. */
  take(decided: (service: number) => boolean): HeldFrame[] {
    const frames: HeldFrame[] = []
    for (const [service, queue] of this.#queues) {
      if (!decided(service)) continue
      frames.push(...queue.map(({ frame }) => frame))
      this.#queues.delete(service)
    }
    this.#count -= frames.length
    return frames
  }

  /** Gives up what has waited too long. */
  expire(nowMs: number): void {
    for (const [service, queue] of this.#queues) {
      const kept = queue.filter(({ untilMs }) => untilMs > nowMs)
      this.dropped += queue.length - kept.length
      this.#count -= queue.length - kept.length
      if (kept.length === 0) this.#queues.delete(service)
      else this.#queues.set(service, kept)
    }
  }
}
