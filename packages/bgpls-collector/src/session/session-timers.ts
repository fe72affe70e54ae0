import type { TimerName } from '../fsm/types.js'

/** The timers of a session (RFC 4271 §10), one of a name at a time. */
export class SessionTimers {
  readonly #running = new Map<TimerName, { readonly seconds: number; readonly timeout: NodeJS.Timeout }>()
  readonly #expired: (name: TimerName) => void

  constructor(expired: (name: TimerName) => void) {
    this.#expired = expired
  }

  /** Begins again where it runs already. */
  start(name: TimerName, seconds: number): void {
    const running = this.#running.get(name)
    // The hold timer begins again with every UPDATE: a timer each would be most of what the session costs.
    if (running?.seconds === seconds) {
      running.timeout.refresh()
      return
    }
    clearTimeout(running?.timeout)
    const expire = () => {
      this.#running.delete(name)
      this.#expired(name)
    }
    this.#running.set(name, { seconds, timeout: setTimeout(expire, seconds * 1000) })
  }

  stop(name: TimerName): void {
    clearTimeout(this.#running.get(name)?.timeout)
    this.#running.delete(name)
  }
}
