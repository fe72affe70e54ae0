import type { Packets } from './packet.js'
import type { Random } from './random.js'

export interface Periodic {
  readonly down: boolean
  /** Packets per second while active. */
  readonly rate: number
  /** Deviation of the interval over its mean; 1 = as irregular as Poisson arrivals. */
  readonly irregularity: number
  /** UDP payload bytes. */
  readonly size: number
  readonly sizeDeviation: number
  /** Part of the time in which it sends (talk spurts, hands on the controller); 1 = always. */
  readonly activity?: number
}

/** Audio, control, input, feedback: small packets at a rate. Active and silent spells are 1 s on average. */
export function addPeriodic(packets: Packets, random: Random, seconds: number, stream: Periodic): void {
  const activity = stream.activity ?? 1
  let active = random.uniform() < activity
  let spellEnd = random.exponential()
  for (let time = random.uniform() / stream.rate; time < seconds; ) {
    if (time > spellEnd) {
      active = random.uniform() < activity
      spellEnd = time + random.exponential()
    }
    if (active) {
      const size = Math.round(stream.size + stream.sizeDeviation * random.normal())
      packets.push({ time, down: stream.down, size: Math.min(1400, Math.max(8, size)) })
    }
    const step =
      stream.irregularity >= 1 ? random.exponential() : Math.max(0.02, 1 + stream.irregularity * random.normal())
    time += step / stream.rate
  }
}
