import type { ReportRecord } from '@segchain/records'
import { sessionKey } from './session-key.js'
import { type Ends, Window } from './window.js'

/** The length of a window of the published probe, ns. */
export const WINDOW_NS = 33_000_000

export interface WindowerOptions {
  /** ns; 33 ms without it. */
  readonly windowNs?: number
  /**
   * A window is closed as soon as any packet shows that its time is over (the capture's clock), not only by the
   * next packet of its own flow. The published probe lacks this: the last window of a flow never came out.
   */
  readonly idleClosing?: boolean
}

/**
 * Packets to windows. A window begins with its first packet at t0 and holds the packets of both directions with
 * t0 ≤ t < t0 + length. The first packet at or after its end closes it and begins the next one: the times in
 * between, without a packet, give no report.
 */
export class Windower {
  readonly #windowNs: number
  readonly #idleClosing: boolean
  /** In the order of their start (a window that is renewed goes to the end). */
  readonly #open = new Map<string, Window>()
  /** ns since 1970 of time 0. */
  readonly #epochNs: bigint

  constructor(epochNs: bigint, options: WindowerOptions = {}) {
    this.#epochNs = epochNs
    this.#windowNs = options.windowNs ?? WINDOW_NS
    this.#idleClosing = options.idleClosing ?? true
  }

  /**
   * @param time ns since the epoch given, a whole number; @param size UDP payload bytes.
   * @returns the windows that this packet closes, oldest first.
   */
  packet(ends: Ends, time: number, size: number): ReportRecord[] {
    const closed = this.#idleClosing ? this.tick(time) : []
    const flow = sessionKey(ends.source, ends.sourcePort, ends.destination, ends.destinationPort)
    const key = ends.transport === 'tcp' ? `${flow}|tcp` : flow
    let window = this.#open.get(key)
    // A clock that jumped back by more than a window begins anew, too.
    if (window !== undefined && Math.abs(time - window.start) >= this.#windowNs) {
      closed.push(window.report(this.#epochNs))
      this.#open.delete(key)
      window = undefined
    }
    if (window === undefined) {
      window = new Window(ends, time)
      this.#open.set(key, window)
    }
    window.add(ends, time, size)
    return closed
  }

  /** Closes the windows whose time is over at `time`. */
  tick(time: number): ReportRecord[] {
    const closed: ReportRecord[] = []
    for (const [key, window] of this.#open) {
      if (time - window.start < this.#windowNs) break
      closed.push(window.report(this.#epochNs))
      this.#open.delete(key)
    }
    return closed
  }

  /** The end of the capture: all that is open. */
  end(): ReportRecord[] {
    const closed = [...this.#open.values()].map((window) => window.report(this.#epochNs))
    this.#open.clear()
    return closed
  }
}
