import { addBulk } from './bulk.js'
import { quic } from './components.js'
import type { Packets } from './packet.js'
import { addPeriodic } from './periodic.js'
import type { Random } from './random.js'

/**
 * What goes before the media of a session: connectivity checks (RFC 8445 §14: a transaction each 5-50 ms at most, then
 * keep-alives), keys (RFC 9147), some control, and in one of three a probe of the bandwidth. The start-up capture of
 * GeForce NOW has 54 packets in 1.4 s.
 */
export function addStartUp(packets: Packets, random: Random, seconds: number): void {
  for (const down of [true, false]) {
    const size = random.between(60, 160)
    const checks = { down, rate: random.logBetween(2, 40), irregularity: random.between(0.2, 0.9), size }
    addPeriodic(packets, random, seconds, { ...checks, sizeDeviation: size / 4 })
  }
  const hello = random.between(0.1, 0.5) * seconds
  const flights: readonly (readonly [down: boolean, sizes: readonly number[]])[] = [
    [false, [random.between(150, 300)]],
    [true, [1200, 1200, random.between(200, 1000)]],
    [false, [random.between(400, 1200), random.between(60, 200)]],
    [true, [random.between(100, 300)]],
  ]
  flights.forEach(([down, sizes], flight) => {
    for (const size of sizes) packets.push({ time: hello + flight * 0.02, down, size: Math.round(size) })
  })
  if (random.uniform() < 1 / 3) {
    const probe: Packets = []
    const length = random.between(0.1, 0.4) * seconds
    const mbps = random.logBetween(3, 50)
    addBulk(probe, random, length, { ...quic(random, true, mbps), onSeconds: length, offSeconds: 0 })
    for (const packet of probe) packets.push({ ...packet, time: packet.time + seconds - length })
  }
}
