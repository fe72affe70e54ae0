import type { GeneratedPacket, Packets } from './packet.js'
import type { Random } from './random.js'

/** The way from the server to the probe. */
export interface Access {
  readonly name: 'wired' | 'wifi' | '5g' | 'narrow'
  /** Mbit/s of the slowest link. */
  readonly mbps: number
  /** s between the moments at which a radio link may send; 0 = at any time. */
  readonly slot: number
  /** Deviation of the delay, s; it changes slowly, packets keep their order. */
  readonly jitter: number
  /** 0 to 1. */
  readonly loss: number
}

/** TR 38.912 §6.1 (slots of 0.5 ms at 30 kHz; TDD opens the downlink every 2.5 ms), IEEE 802.11 (aggregates). */
export function drawAccess(random: Random, needMbps: number): Access {
  const name = random.pick<Access['name']>(['wired', 'wired', 'wifi', '5g', 'narrow'])
  const room = needMbps * 1.5 + 2
  const loss = random.logBetween(0.0005, 0.02)
  if (name === 'wired') return { name, mbps: 1000, slot: 0, jitter: random.between(0, 2e-4), loss: 0 }
  if (name === 'wifi') {
    const mbps = Math.max(room, random.logBetween(50, 400))
    return { name, mbps, slot: random.logBetween(0.5e-3, 6e-3), jitter: random.between(2e-4, 2e-3), loss }
  }
  if (name === '5g') {
    const mbps = Math.max(room, random.logBetween(60, 500))
    return { name, mbps, slot: random.pick([0.5e-3, 2.5e-3]), jitter: random.between(2e-4, 2e-3), loss }
  }
  return { name, mbps: Math.max(room, random.logBetween(8, 60)), slot: 0, jitter: 5e-4, loss }
}

/** Bytes of Ethernet, IPv4 and UDP around a payload. */
const OVERHEAD = 42

/** What arrives of the packets that were sent, in the order of arrival; each direction has its own queue. */
export function transmit(packets: Packets, random: Random, access: Access): GeneratedPacket[] {
  const sorted = [...packets].sort((a, b) => a.time - b.time)
  const free = { down: 0, up: 0 }
  const arrived: GeneratedPacket[] = []
  let delay = 0
  for (const packet of sorted) {
    if (packet.time < 0 || random.uniform() < access.loss) continue
    delay = 0.98 * delay + 0.2 * access.jitter * random.normal()
    const direction = packet.down ? 'down' : 'up'
    const ready = packet.time + Math.abs(delay)
    // Who comes while the link waits for its moment, or sends, goes with the others: all that waits is sent in one.
    const opens = access.slot === 0 ? ready : Math.ceil(ready / access.slot) * access.slot
    const start = ready < free[direction] ? free[direction] : opens
    free[direction] = start + ((packet.size + OVERHEAD) * 8) / (access.mbps * 1e6)
    arrived.push({ ...packet, time: free[direction] })
  }
  return arrived.sort((a, b) => a.time - b.time)
}
