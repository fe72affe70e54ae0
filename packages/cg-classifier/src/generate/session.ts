import { type Access, drawAccess, transmit } from './access.js'
import type { GeneratedPacket, Packets } from './packet.js'
import { Random } from './random.js'
import type { Source } from './source.js'

export interface GeneratedSession {
  readonly source: string
  readonly class: 'cloud-gaming' | 'other'
  readonly seed: string
  /** Mbit/s drawn. */
  readonly mbps: number
  readonly access: Access
  readonly packets: readonly GeneratedPacket[]
}

/**
 * One session as the probe sees it: the same seed, the same packets.
 * @param seconds its length. @param mbps the bit-rate; drawn from the source's range without it.
 */
export function generateSession(source: Source, seed: string, seconds: number, mbps?: number): GeneratedSession {
  const random = new Random(`${source.name}/${seed}`)
  const rate = mbps ?? random.logBetween(source.rates[0], source.rates[1])
  const packets: Packets = []
  source.add(packets, random, seconds, rate)
  const access = drawAccess(random, rate)
  const arrived = transmit(packets, random, access)
  return { source: source.name, class: source.class, seed, mbps: rate, access, packets: arrived }
}
