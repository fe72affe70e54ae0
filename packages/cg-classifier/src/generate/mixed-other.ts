import { addAcknowledgedVideo } from './acknowledged.js'
import { addBulk } from './bulk.js'
import { OURS, quic, webrtcVideo } from './components.js'
import type { Packets } from './packet.js'
import { addPeriodic } from './periodic.js'
import type { Random } from './random.js'
import type { Source } from './source.js'
import { addVideo } from './video.js'

type Part = (packets: Packets, random: Random, seconds: number, mbps: number) => void

/** Video down of several people in one flow, slower than a game; voice up, sometimes video. */
const meeting: Part = (packets, random, seconds, mbps) => {
  const tiles = Math.round(random.between(1, 9))
  for (let tile = 0; tile < tiles; tile++) {
    const fps = random.pick([5, 10, 15, 20, 24, 25, 30])
    const video = webrtcVideo(random, true, mbps / tiles, fps)
    addVideo(packets, random, seconds, { ...video, bursts: Math.round(random.logBetween(1, 16)) })
  }
  if (random.uniform() < 0.5) {
    addVideo(packets, random, seconds, webrtcVideo(random, false, random.logBetween(0.1, 3), random.pick([15, 24, 30])))
  }
  for (const down of [true, false]) {
    const voice = { down, rate: random.pick([16.7, 25, 33.3, 50, 50, 100]), irregularity: random.between(0, 0.2) }
    const size = random.between(40, 200)
    addPeriodic(packets, random, seconds, { ...voice, size, sizeDeviation: 15, activity: random.between(0.2, 1) })
    reports(packets, random, seconds, down, random.between(1, 50))
  }
}

/** Video down only, as fast as a game; nothing up but what a receiver reports. */
const broadcast: Part = (packets, random, seconds, mbps) => {
  const fps = random.pick([24, 25, 30, 50, 60, 60])
  const video = webrtcVideo(random, true, mbps, fps)
  const frames = { payload: Math.round(random.between(950, 1440)), bursts: Math.round(random.logBetween(1, 16)) }
  addVideo(packets, random, seconds, { ...video, ...frames, variation: random.between(0.08, 0.6) })
  reports(packets, random, seconds, false, random.logBetween(0.5, 25))
  if (random.uniform() < 0.8) addPeriodic(packets, random, seconds, { ...small(random, true), rate: 50 })
}

/** A broadcast of one's screen or game in a call: who watches it talks. */
const shared: Part = (packets, random, seconds, mbps) => {
  broadcast(packets, random, seconds, mbps)
  const voice = { down: false, rate: random.pick([16.7, 25, 50, 50]), irregularity: random.between(0, 0.15) }
  const size = random.between(60, 200)
  addPeriodic(packets, random, seconds, { ...voice, size, sizeDeviation: 15, activity: random.between(0, 1) })
}

/** Video either way over a transport that answers every few packets, or at a rate. */
const acknowledged: Part = (packets, random, seconds, mbps) => {
  const down = random.uniform() < 0.7
  const video = webrtcVideo(random, down, mbps, random.pick([20, 24, 25, 30, 50, 60]))
  const frames = { payload: Math.round(random.between(1000, 1440)), bursts: Math.round(random.logBetween(1, 64)) }
  const every = Math.round(random.logBetween(1, 16))
  const acks = { every, bytes: random.between(16, 90), delay: random.logBetween(5e-4, 0.03) }
  addAcknowledgedVideo(packets, random, seconds, { ...video, ...frames, variation: random.between(0.08, 0.6) }, acks)
  if (random.uniform() < 0.5) addPeriodic(packets, random, seconds, { ...small(random, down), rate: 50 })
}

/** One or two transfers, either way, with or without pauses. */
const transfers: Part = (packets, random, seconds, mbps) => {
  const first = random.uniform() < 0.7
  for (const [down, rate] of [
    [first, mbps],
    [!first, random.uniform() < 0.4 ? mbps * random.logBetween(0.02, 1) : 0],
  ] as const) {
    if (rate === 0) continue
    const pauses = random.pick([
      { onSeconds: seconds, offSeconds: 0 },
      { onSeconds: random.logBetween(0.05, 3), offSeconds: random.logBetween(0.1, 6) },
    ])
    const transfer = { ...quic(random, down, rate), payload: Math.round(random.between(1000, 1452)) }
    const acks = { packetsPerAck: Math.round(random.logBetween(1, 16)), ackBytes: random.between(22, 100) }
    addBulk(packets, random, seconds, { ...transfer, ...acks, ...pauses })
  }
}

/** Several things in one flow, as in a tunnel: transfers, voice, and small packets both ways. */
const tunnel: Part = (packets, random, seconds, mbps) => {
  transfers(packets, random, seconds, mbps)
  const voice = random.uniform() < 0.4
  for (const down of [true, false]) {
    const size = random.between(90, 240)
    if (voice) addPeriodic(packets, random, seconds, { ...small(random, down), rate: 50, irregularity: 0.05, size })
    for (let more = random.between(0, 3); more > 1; more--) {
      addPeriodic(packets, random, seconds, { ...small(random, down), activity: random.between(0.2, 1) })
    }
  }
}

/** Small packets only: voice, games, sensors. */
const chatter: Part = (packets, random, seconds) => {
  for (const down of [true, false]) {
    addPeriodic(packets, random, seconds, small(random, down))
    if (random.uniform() < 0.4) addPeriodic(packets, random, seconds, small(random, down))
  }
}

/** A screen that changes now and then, keys and mouse up. */
const screen: Part = (packets, random, seconds, mbps) => {
  const fps = random.logBetween(1, 20)
  const changes = { fps, variation: random.between(0.4, 1), correlation: random.between(0, 0.5), jitter: 0.4 / fps }
  addVideo(packets, random, seconds, { ...webrtcVideo(random, true, mbps, 10), ...changes, sceneRate: 0.5 })
  const hand = { down: false, rate: random.logBetween(3, 90), irregularity: random.between(0.2, 0.9) }
  const size = random.between(30, 150)
  addPeriodic(packets, random, seconds, { ...hand, size, sizeDeviation: 20, activity: random.between(0.1, 1) })
}

function small(random: Random, down: boolean) {
  const irregularity = random.between(0, 0.9)
  const size = random.logBetween(30, 600)
  return { down, rate: random.logBetween(5, 150), irregularity, size, sizeDeviation: size / 5 }
}

function reports(packets: Packets, random: Random, seconds: number, down: boolean, rate: number): void {
  const size = random.between(40, 120)
  addPeriodic(packets, random, seconds, { down, rate, irregularity: random.between(0.1, 0.9), size, sizeDeviation: 20 })
}

/** What is not cloud gaming and no application in particular. */
export const mixedOther: Source = {
  name: 'mixed-other',
  class: 'other',
  mixed: true,
  rates: [0.3, 75],
  parameters: [
    'one of: a meeting (1-9 videos of at most 30 frames/s down in one flow, voice and perhaps video up), a broadcast (24-60 frames/s down, at most 25 reports/s up), the same and voice up, video that is acknowledged (20-60 frames/s, an answer for 1-16 packets), transfers either way with or without pauses, a tunnel (transfers, voice and small packets), chatter (small packets only), a screen (1-20 changes/s, keys and mouse up)',
    'meetings and screens at 0.3-12 Mbit/s, broadcasts at 1-40 (acknowledged too), the others at any rate',
    OURS,
  ],
  add(packets, random, seconds, mbps) {
    const low = 0.3 * (12 / 0.3) ** (Math.log(mbps / 0.3) / Math.log(75 / 0.3))
    const live = [broadcast, broadcast, shared, acknowledged, acknowledged] as const
    const part = random.pick([meeting, meeting, ...live, transfers, tunnel, tunnel, chatter, screen])
    const rate = part === meeting || part === screen ? low : live.some((one) => one === part) ? 1 + low * 3.25 : mbps
    part(packets, random, seconds, rate)
  },
}
