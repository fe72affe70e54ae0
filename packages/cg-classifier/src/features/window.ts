import type { ReportRecord } from '@segchain/records'
import { Direction } from './direction.js'
import { UDP } from './session-key.js'

const TCP = 6

/** Both ends of a packet, in the direction it went. */
export interface Ends {
  readonly source: string
  readonly sourcePort: number
  readonly destination: string
  readonly destinationPort: number
  /** UDP without it. */
  readonly transport?: 'udp' | 'tcp'
}

/** One open window of one flow. `forward` is the direction of its first packet. */
export class Window {
  readonly start: number
  readonly #ends: Ends
  readonly #forward = new Direction()
  readonly #backward = new Direction()

  /** @param start ns since the beginning of the capture, the time of the first packet. */
  constructor(ends: Ends, start: number) {
    this.#ends = ends
    this.start = start
  }

  add(ends: Ends, time: number, size: number): void {
    const forward =
      ends.source === this.#ends.source &&
      ends.sourcePort === this.#ends.sourcePort &&
      ends.destination === this.#ends.destination
    const direction = forward ? this.#forward : this.#backward
    direction.add(time, size)
  }

  /** @param epochNs what `start` is counted from, ns since 1970. */
  report(epochNs: bigint): ReportRecord {
    const { source, sourcePort, destination, destinationPort, transport } = this.#ends
    const windowStartNs = String(epochNs + BigInt(this.start))
    return {
      kind: 'report',
      id: `${source}|${sourcePort}|${destination}|${destinationPort}@${windowStartNs}`,
      sourceAddress: source,
      sourcePort,
      destinationAddress: destination,
      destinationPort,
      protocol: transport === 'tcp' ? TCP : UDP,
      windowStartNs,
      forward: this.#forward.features(),
      backward: this.#backward.features(),
    }
  }
}
