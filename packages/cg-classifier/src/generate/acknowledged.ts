import type { Packets } from './packet.js'
import type { Random } from './random.js'
import { addVideo, type Video } from './video.js'

export interface Acknowledgements {
  /** Packets of video for one of them. */
  readonly every: number
  /** UDP payload bytes. */
  readonly bytes: number
  /** s until the receiver sends it. */
  readonly delay: number
}

/** Video over a transport that acknowledges packets: small ones go the other way in the rhythm of the frames. */
export function addAcknowledgedVideo(
  packets: Packets,
  random: Random,
  seconds: number,
  video: Video,
  { every, bytes, delay }: Acknowledgements,
): void {
  const sent: Packets = []
  addVideo(sent, random, seconds, video)
  sent.sort((a, b) => a.time - b.time)
  sent.forEach((packet, index) => {
    packets.push(packet)
    if (index % every !== every - 1) return
    const size = Math.round(Math.max(20, bytes + 4 * random.normal()))
    packets.push({ time: packet.time + delay * random.between(0.5, 1), down: !video.down, size })
  })
}
