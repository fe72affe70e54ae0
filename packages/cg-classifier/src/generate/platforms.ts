import { addPeriodic } from './periodic.js'
import type { Random } from './random.js'
import type { Source } from './source.js'
import { addVideo, type Video } from './video.js'

/** What frame traces of real game streaming have; TR 38.838 is tamer. */
function realFrames(random: Random): Pick<Video, 'variation' | 'correlation' | 'jitter' | 'sceneRate'> {
  return {
    variation: random.between(0.15, 0.25),
    correlation: random.between(0.4, 0.67),
    jitter: random.between(1.2e-3, 2.6e-3),
    sceneRate: 0.1,
  }
}

const FRAMES =
  'frame sizes vary by 0.15-0.25, autocorrelation 0.40-0.67: real game-streaming frame traces; intervals deviate by 1.0-2.2 ms, before the access link adds to it (traces: 1.2-2.6)'
const SCENES = 'a scene changes the rate to 30-130 % every 10 s on average: our assumption (menus, loading)'

export const platforms: readonly Source[] = [
  {
    name: 'xcloud',
    class: 'cloud-gaming',
    rates: [2.5, 11.5],
    parameters: [
      'down 2.5-11.5 Mbit/s, 324-1,268 packets/s, mean Ethernet frame 976-1,175 B: Xbox Cloud Gaming flow averages',
      'payload at most 1,200 B, a frame in 2-4 slices over the whole frame interval: fitted to the bursts of 2-5.5 packets every 4.3 ms of those flows',
      'up 54-146 packets/s of 127-142 B Ethernet: those flows',
      FRAMES,
      SCENES,
    ],
    add(packets, random, seconds, mbps) {
      const slices = Math.max(2, Math.min(4, Math.round((mbps * 1e6) / 8 / 60 / 2400)))
      const video = { down: true, mbps, fps: 60, payload: 1200, spread: 1, slices, bursts: 1 }
      addVideo(packets, random, seconds, { ...video, ...realFrames(random) })
      addPeriodic(packets, random, seconds, { down: true, rate: 25, irregularity: 0.1, size: 300, sizeDeviation: 30 })
      const rate = random.between(54, 146)
      const size = random.between(85, 100)
      addPeriodic(packets, random, seconds, { down: false, rate, irregularity: 0.6, size, sizeDeviation: 25 })
    },
  },
  {
    name: 'geforce-now',
    class: 'cloud-gaming',
    rates: [8, 45],
    parameters: [
      'RTP, at least 10-20, up to 45 Mbit/s: published measurements; from 8 for a poor access',
      '60 or 120 frames/s; a frame leaves at once or over a fifth of its interval: frames are bursts of packets within µs, then a gap',
      'payload 1,000-1,400 B: RTP below the Ethernet MTU; up 60-250 packets/s of 40-140 B payload: our range around its start-up capture',
      FRAMES,
      SCENES,
    ],
    add(packets, random, seconds, mbps) {
      const fps = random.pick([60, 60, 120])
      const payload = Math.round(random.between(1000, 1400))
      const video = { down: true, mbps, fps, payload, spread: random.between(0, 0.2), bursts: 8 }
      addVideo(packets, random, seconds, { ...video, ...realFrames(random) })
      addPeriodic(packets, random, seconds, { down: true, rate: 100, irregularity: 0.05, size: 160, sizeDeviation: 30 })
      const rate = random.between(60, 250)
      const size = random.between(40, 140)
      addPeriodic(packets, random, seconds, { down: false, rate, irregularity: 0.5, size, sizeDeviation: 20 })
    },
  },
  {
    name: 'stadia',
    class: 'cloud-gaming',
    rates: [5, 45],
    parameters: [
      'RTP over WebRTC, up to 45 Mbit/s: published measurements; from 5 for 720p',
      '60 frames/s, paced over half to all of the interval (the WebRTC pacer), payload 1,100-1,200 B',
      'up: transport-wide feedback and input, 50-200 packets/s of 50-110 B: our assumption',
      FRAMES,
      SCENES,
    ],
    add(packets, random, seconds, mbps) {
      const payload = Math.round(random.between(1100, 1200))
      const video = { down: true, mbps, fps: 60, payload, spread: random.between(0.4, 0.9), bursts: 16 }
      addVideo(packets, random, seconds, { ...video, ...realFrames(random) })
      addPeriodic(packets, random, seconds, { down: true, rate: 50, irregularity: 0.05, size: 200, sizeDeviation: 40 })
      addPeriodic(packets, random, seconds, { down: false, rate: 20, irregularity: 0.1, size: 70, sizeDeviation: 20 })
      const rate = random.between(30, 180)
      const size = random.between(50, 110)
      addPeriodic(packets, random, seconds, { down: false, rate, irregularity: 0.8, size, sizeDeviation: 15 })
    },
  },
  {
    name: 'tr38838',
    class: 'cloud-gaming',
    rates: [8, 30],
    parameters: [
      'cloud gaming of 3GPP TR 38.838: 8 or 30 Mbit/s (here all between), 60 frames/s, truncated Gaussian frame sizes with 10.5 % deviation, 50-150 % of the mean',
      'up 100 B every 4 ms: the same; jitter of the frame 2 ms, truncated to 4 ms: the same',
    ],
    add(packets, random, seconds, mbps) {
      const video = { down: true, mbps, fps: 60, payload: 1400, spread: 0, bursts: 1, sceneRate: 0 }
      addVideo(packets, random, seconds, { ...video, variation: 0.105, correlation: 0, jitter: 2e-3 })
      addPeriodic(packets, random, seconds, { down: false, rate: 250, irregularity: 0, size: 100, sizeDeviation: 0 })
    },
  },
]
