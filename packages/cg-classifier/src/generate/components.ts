import type { Bulk } from './bulk.js'
import type { Periodic } from './periodic.js'
import type { Random } from './random.js'
import type { Video } from './video.js'

/** Parameters that several sources share. */
export const OURS = 'ranges without another source are our assumptions, wide on purpose'

/** WebRTC video: packets up to 1,200 B, paced over a part of the frame interval (RFC 8834). */
export function webrtcVideo(random: Random, down: boolean, mbps: number, fps: number): Video {
  const frames = { variation: random.between(0.15, 0.6), correlation: random.between(0.2, 0.7), jitter: 2e-3 }
  const payload = Math.round(random.between(1050, 1200))
  return { down, mbps, fps, payload, spread: random.between(0, 0.9), bursts: 8, sceneRate: 0.2, ...frames }
}

/** Opus at 20 ms (RFC 7587 §3.1.2). */
export const audio = (down: boolean, size: number): Periodic => {
  return { down, rate: 50, irregularity: 0.05, size, sizeDeviation: 15 }
}

/** RTCP and congestion feedback. */
export const feedback = (down: boolean, rate: number): Periodic => {
  return { down, rate, irregularity: 0.4, size: 70, sizeDeviation: 20 }
}

/** A transfer over QUIC; how long it goes on is the caller's. */
export function quic(random: Random, down: boolean, mbps: number): Omit<Bulk, 'onSeconds' | 'offSeconds'> {
  return {
    down,
    mbps,
    payload: Math.round(random.between(1200, 1372)),
    rtt: random.logBetween(0.008, 0.12),
    burstiness: random.uniform(),
    packetsPerAck: Math.round(random.between(2, 12)),
    ackBytes: random.between(25, 50),
  }
}
