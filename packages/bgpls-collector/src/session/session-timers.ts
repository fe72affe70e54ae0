import type { TimerName } from '../fsm/types.js'

/** The timers of a session (RFC 4271 §10), one of a name at a time. */
export class SessionTimers {
  readonly #running = new Map<TimerName, NodeJS.Timeout>()
  readonly #expired: (name: TimerName) => void

  constructor(expired: (name: TimerName) => void) {
    this.#expired = expired
  }

  /** Begins again where it runs already. */
  start(name: TimerName, seconds: number): void {
    this.stop(name)
    this.#running.set(
      name,
      setTimeout(() => this.#expired(name), seconds * 1000),
    )
  }

  stop(name: TimerName): void {
    clearTimeout(this.#running.get(name))
    this.#running.delete(name)
  }
}
