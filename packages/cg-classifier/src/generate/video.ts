import type { Packets } from './packet.js'
import type { Random } from './random.js'

export interface Video {
  readonly down: boolean
  /** Mbit/s of UDP payload. */
  readonly mbps: number
  readonly fps: number
  /** Deviation of frame sizes over their mean. */
  readonly variation: number
  /** Lag-1 autocorrelation of frame sizes. */
  readonly correlation: number
  /** A frame is late by the magnitude of a normal deviate with this deviation, s: intervals deviate by 0.85 of it. */
  readonly jitter: number
  /** Largest UDP payload, bytes. */
  readonly payload: number
  /** Part of the frame interval over which the sender spreads a frame; 0 = all at once. */
  readonly spread: number
  /** How many bursts the spread frame, or slice, is sent in. */
  readonly bursts: number
  /** Parts that a frame is encoded in, each with a rest of its own; 1 without it. */
  readonly slices?: number
  /** How often the scene changes its bit-rate (menu, loading, cut), 1/s; the new rate is 30-130 % of `mbps`. */
  readonly sceneRate: number
  /** Lowest part of `mbps` that a scene has; 0.3 without it. */
  readonly sceneLow?: number
  /** Packets of forward error correction behind a frame, as a part of its packets; none without it. */
  readonly redundancy?: number
}

/** Encoded video in packets: full ones and the rest of the frame in the last. */
export function addVideo(packets: Packets, random: Random, seconds: number, video: Video): void {
  const interval = 1 / video.fps
  const mean = (video.mbps * 1e6) / 8 / video.fps
  const innovation = Math.sqrt(1 - video.correlation ** 2)
  let deviation = random.normal()
  let scene = 1
  const parts = video.slices ?? 1
  for (let due = random.uniform() * interval; due < seconds; due += interval) {
    if (random.uniform() < video.sceneRate * interval) scene = random.between(video.sceneLow ?? 0.3, 1.3)
    deviation = video.correlation * deviation + innovation * random.normal()
    const factor = Math.min(2.5, Math.max(0.2, 1 + video.variation * deviation))
    const bytes = Math.max(60, mean * factor * scene) / parts
    const start = due + Math.abs(video.jitter * random.normal())
    for (let part = 0; part < parts; part++) {
      const at = start + (part / parts) * video.spread * interval
      addPart(packets, video, at, bytes, (video.spread * interval) / parts)
    }
  }
}

/** Full packets and the rest, in bursts over `duration`. */
function addPart(packets: Packets, video: Video, start: number, bytes: number, duration: number): void {
  const count = Math.ceil(bytes / video.payload)
  const sent = count + Math.ceil(count * (video.redundancy ?? 0))
  for (let index = 0; index < sent; index++) {
    const burst = Math.floor((index * video.bursts) / sent)
    const time = start + (burst / video.bursts) * duration + index * 1e-7
    const rest = Math.round(bytes - (count - 1) * video.payload)
    // What corrects a frame is as long as its longest packet.
    const size = index === count - 1 || count === 1 ? rest : video.payload
    packets.push({ time, down: video.down, size: Math.max(40, size) })
  }
}
