import { addBulk } from './bulk.js'
import { audio, feedback, OURS, quic, webrtcVideo } from './components.js'
import { addPeriodic } from './periodic.js'
import type { Source } from './source.js'
import { addVideo } from './video.js'

export const applications: readonly Source[] = [
  {
    name: 'voip',
    class: 'other',
    rates: [0.02, 0.1],
    parameters: ['one audio packet of 60-172 B every 20 ms each way, talk 40-100 %: RFC 3551 §4.5, RFC 7587', OURS],
    add(packets, random, seconds) {
      const size = random.between(60, 172)
      addPeriodic(packets, random, seconds, { ...audio(true, size), activity: random.between(0.4, 1) })
      addPeriodic(packets, random, seconds, { ...audio(false, size), activity: random.between(0.4, 1) })
    },
  },
  {
    name: 'video-call',
    class: 'other',
    rates: [0.2, 4],
    parameters: [
      'video of 15-30 frames/s both ways, 0.2-4 Mbit/s, packets up to 1,200 B, Opus audio: WebRTC (RFC 8834)',
      OURS,
    ],
    add(packets, random, seconds, mbps) {
      const fps = random.pick([15, 24, 30])
      addVideo(packets, random, seconds, webrtcVideo(random, true, mbps, fps))
      addVideo(packets, random, seconds, webrtcVideo(random, false, mbps * random.between(0.2, 1), fps))
      for (const down of [true, false]) {
        addPeriodic(packets, random, seconds, audio(down, 110))
        addPeriodic(packets, random, seconds, feedback(down, random.between(5, 25)))
      }
    },
  },
  {
    name: 'conference',
    class: 'other',
    rates: [1, 8],
    parameters: ['2-6 videos down in one flow (an SFU), one or none up, audio both ways, feedback 10-40/s', OURS],
    add(packets, random, seconds, mbps) {
      const tiles = Math.round(random.between(2, 6))
      for (let tile = 0; tile < tiles; tile++) {
        addVideo(packets, random, seconds, webrtcVideo(random, true, mbps / tiles, random.pick([15, 24, 30])))
      }
      if (random.uniform() < 0.7)
        addVideo(packets, random, seconds, webrtcVideo(random, false, random.between(0.2, 1.5), 24))
      addPeriodic(packets, random, seconds, audio(true, 110))
      addPeriodic(packets, random, seconds, { ...audio(false, 110), activity: random.between(0.3, 1) })
      addPeriodic(packets, random, seconds, feedback(false, random.between(10, 40)))
    },
  },
  {
    name: 'live-broadcast',
    class: 'other',
    rates: [1.5, 10],
    parameters: [
      'video of 25-60 frames/s down only, receiver reports 1-20/s up: WebRTC broadcast (RFC 9725); the nearest neighbour of cloud gaming',
      OURS,
    ],
    add(packets, random, seconds, mbps) {
      addVideo(packets, random, seconds, webrtcVideo(random, true, mbps, random.pick([25, 30, 50, 60])))
      addPeriodic(packets, random, seconds, audio(true, 160))
      addPeriodic(packets, random, seconds, feedback(false, random.between(1, 20)))
    },
  },
  {
    name: 'streaming',
    class: 'other',
    rates: [3, 100],
    parameters: ['video on demand over QUIC: chunks of 0.3-3 s at the full rate of the path, pauses of 1-6 s', OURS],
    add(packets, random, seconds, mbps) {
      const chunks = { onSeconds: random.between(0.3, 3), offSeconds: random.between(1, 6) }
      addBulk(packets, random, seconds, { ...quic(random, true, mbps), ...chunks })
    },
  },
  {
    name: 'download',
    class: 'other',
    rates: [1, 80],
    parameters: [
      'one transfer over QUIC, paced or in trains of a window, an acknowledgement for 2-12 packets (RFC 9000 §13.2)',
      OURS,
    ],
    add(packets, random, seconds, mbps) {
      addBulk(packets, random, seconds, { ...quic(random, true, mbps), onSeconds: seconds, offSeconds: 0 })
    },
  },
  {
    name: 'upload',
    class: 'other',
    rates: [0.5, 40],
    parameters: ['as download, the other way', OURS],
    add(packets, random, seconds, mbps) {
      addBulk(packets, random, seconds, { ...quic(random, false, mbps), onSeconds: seconds, offSeconds: 0 })
    },
  },
  {
    name: 'web',
    class: 'other',
    rates: [1, 50],
    parameters: ['bursts of 0.05-0.5 s, pauses of 0.2-3 s over QUIC', OURS],
    add(packets, random, seconds, mbps) {
      const bursts = { onSeconds: random.between(0.05, 0.5), offSeconds: random.between(0.2, 3) }
      addBulk(packets, random, seconds, { ...quic(random, true, mbps), ...bursts })
    },
  },
  {
    name: 'tunnel',
    class: 'other',
    rates: [1, 60],
    parameters: [
      'TCP in WireGuard: packets of 1,452 B, an acknowledgement of 96 B for one or two (RFC 1122 §4.2.3.2)',
      OURS,
    ],
    add(packets, random, seconds, mbps) {
      const inner = { payload: 1452, packetsPerAck: random.pick([1, 2]), ackBytes: 96 }
      const chunks = random.pick([
        { onSeconds: seconds, offSeconds: 0 },
        { onSeconds: 1, offSeconds: 2 },
      ])
      addBulk(packets, random, seconds, { ...quic(random, true, mbps), ...inner, ...chunks })
    },
  },
  {
    name: 'online-game',
    class: 'other',
    rates: [0.02, 0.5],
    parameters: ['state updates 15-128/s down of 60-500 B, commands 15-128/s up of 30-120 B', OURS],
    add(packets, random, seconds) {
      const rate = random.logBetween(15, 128)
      const size = random.logBetween(60, 500)
      addPeriodic(packets, random, seconds, { down: true, rate, irregularity: 0.2, size, sizeDeviation: size / 3 })
      const up = { down: false, rate: random.logBetween(15, 128), irregularity: 0.2 }
      addPeriodic(packets, random, seconds, { ...up, size: random.between(30, 120), sizeDeviation: 15 })
    },
  },
  {
    name: 'remote-desktop',
    class: 'other',
    rates: [0.2, 8],
    parameters: [
      'screen updates at irregular times, 2-15 a second, sizes vary by 0.8; mouse and keys up 5-60/s, active 20-70 %',
      OURS,
    ],
    add(packets, random, seconds, mbps) {
      const fps = random.between(2, 15)
      const screen = { down: true, mbps, fps, payload: 1200, spread: random.between(0, 0.2), bursts: 4, sceneRate: 0.5 }
      addVideo(packets, random, seconds, { ...screen, variation: 0.8, correlation: 0.2, jitter: 0.4 / fps })
      const mouse = { down: false, rate: random.between(5, 60), irregularity: 0.5, size: 70, sizeDeviation: 20 }
      addPeriodic(packets, random, seconds, { ...mouse, activity: random.between(0.2, 0.7) })
    },
  },
  {
    name: 'peer-to-peer',
    class: 'other',
    rates: [0.5, 20],
    parameters: [
      'uTP (BEP 29): 1,402 B down, and up at a tenth to all of it, acknowledgements of 20-30 B for each packet or two',
      OURS,
    ],
    add(packets, random, seconds, mbps) {
      const utp = { payload: 1402, packetsPerAck: random.pick([1, 2]), ackBytes: 26, onSeconds: seconds, offSeconds: 0 }
      addBulk(packets, random, seconds, { ...quic(random, true, mbps), ...utp })
      addBulk(packets, random, seconds, { ...quic(random, false, mbps * random.between(0.1, 1)), ...utp })
    },
  },
]
