import { type Access, drawAccess, transmit } from './access.js'
import type { GeneratedPacket, Packets } from './packet.js'
import { Random } from './random.js'
import type { Source } from './source.js'
import { addStartUp } from './start-up.js'

export interface GeneratedSession {
  readonly source: string
  readonly class: 'cloud-gaming' | 'other'
  readonly seed: string
  /** Mbit/s drawn. */
  readonly mbps: number
  readonly access: Access
  readonly packets: readonly GeneratedPacket[]
  /** s before its media begin. */
  readonly startUp: number
}

/**
 * One session as the probe sees it: the same seed, the same packets.
 * @param seconds its length. @param mbps the bit-rate; drawn from the source's range without it.
 * @param startUp s of connectivity checks, keys and control before that length; 0: the media begin at once.
 */
export function generateSession(
  source: Source,
  seed: string,
  seconds: number,
  mbps?: number,
  startUp = 0,
): GeneratedSession {
  const random = new Random(`${source.name}/${seed}`)
  const rate = mbps ?? random.logBetween(source.rates[0], source.rates[1])
  const media: Packets = []
  source.add(media, random, seconds, rate)
  const access = drawAccess(random, rate)
  const packets: Packets = []
  if (startUp > 0) addStartUp(packets, new Random(`${source.name}/${seed}/start-up`), startUp)
  for (const packet of media) packets.push(startUp > 0 ? { ...packet, time: packet.time + startUp } : packet)
  const arrived = transmit(packets, random, access)
  return { source: source.name, class: source.class, seed, mbps: rate, access, packets: arrived, startUp }
}
