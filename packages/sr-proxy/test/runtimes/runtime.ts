import type { Image } from '../../src/tables/image.js'
import type { Arrival, Outcome } from '../../src/wasm/data-plane.js'

export interface Count {
  readonly packets: number
  readonly bytes: number
}

/** Either of the two that the one C source runs in. */
export interface Runtime {
  /** Empty tables, counters at zero, then this. */
  begin(image: Image): Promise<void>
  /** Other tables, while sessions live on. */
  change(image: Image): Promise<void>
  run(arrival: Arrival): Promise<Outcome>
  /** Of `drops` or `stats`, or of another table by index. */
  count(table: string, index: number): Promise<Count>
  close(): Promise<void>
}
