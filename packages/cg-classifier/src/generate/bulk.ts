import type { Packets } from './packet.js'
import type { Random } from './random.js'

export interface Bulk {
  readonly down: boolean
  /** Mbit/s while it sends. */
  readonly mbps: number
  /** UDP payload of a full packet, bytes. */
  readonly payload: number
  /** Mean length of a chunk and of the pause after it, s; no pause = one transfer. */
  readonly onSeconds: number
  readonly offSeconds: number
  /** Round-trip time, s: packets leave in trains of one congestion window. */
  readonly rtt: number
  /** 0: paced evenly over the round trip; 1: the whole window at once. */
  readonly burstiness: number
  /** Data packets for one acknowledgement, and its payload bytes. */
  readonly packetsPerAck: number
  readonly ackBytes: number
}

/** A congestion-controlled transfer (QUIC, uTP, or TCP in a tunnel), continuous or in chunks. */
export function addBulk(packets: Packets, random: Random, seconds: number, bulk: Bulk): void {
  const fullWindow = Math.max(2, (bulk.mbps * 1e6 * bulk.rtt) / 8 / bulk.payload)
  let window = Math.min(10, fullWindow)
  let chunkEnd = bulk.offSeconds > 0 ? bulk.onSeconds * random.between(0.5, 1.5) : Number.POSITIVE_INFINITY
  for (let time = random.uniform() * 0.2, sent = 0; time < seconds; time += bulk.rtt * random.between(0.9, 1.2)) {
    if (time > chunkEnd) {
      packets.push({ time, down: bulk.down, size: Math.round(random.between(100, bulk.payload)) })
      time += bulk.offSeconds * random.between(0.4, 1.6)
      chunkEnd = time + bulk.onSeconds * random.between(0.5, 1.5)
      // The request for the next chunk.
      packets.push({ time: time - bulk.rtt, down: !bulk.down, size: Math.round(random.between(60, 600)) })
      window = Math.max(4, window / 2)
    }
    const count = Math.round(window)
    for (let index = 0; index < count; index++) {
      const at = time + (index / count) * bulk.rtt * (1 - bulk.burstiness) + index * 1e-6
      packets.push({ time: at, down: bulk.down, size: bulk.payload })
      if (++sent % bulk.packetsPerAck === 0) {
        const size = Math.round(bulk.ackBytes + 4 * random.normal())
        packets.push({ time: at + bulk.rtt / 4, down: !bulk.down, size: Math.max(20, size) })
      }
    }
    // Slow start, then a saw-tooth around what the path holds.
    window = window < fullWindow / 2 ? window * 1.8 : window + fullWindow / 20
    if (window > fullWindow) window = fullWindow * random.between(0.6, 1)
  }
}
