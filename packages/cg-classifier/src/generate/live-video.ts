import { addAcknowledgedVideo } from './acknowledged.js'
import { audio, feedback, OURS, webrtcVideo } from './components.js'
import { addPeriodic } from './periodic.js'
import type { Random } from './random.js'
import type { Source } from './source.js'
import { addVideo, type Video } from './video.js'

/** Live video as an encoder with a steady rate makes it. */
function liveVideo(random: Random, down: boolean, mbps: number, payload: number): Video {
  const fps = random.pick([24, 25, 30, 50, 60])
  const pace = { spread: random.pick([0, random.between(0, 1), 1]), bursts: Math.round(random.logBetween(1, 64)) }
  const frames = { variation: random.between(0.08, 0.5), correlation: random.between(0, 0.7), sceneRate: 0.1 }
  return { down, mbps, fps, payload, ...pace, ...frames, jitter: random.logBetween(2e-4, 4e-3) }
}

/** Video that is watched, or sent, and not played: as fast as a game, and answered often. */
export const liveVideoSources: readonly Source[] = [
  {
    name: 'srt',
    class: 'other',
    rates: [1.5, 20],
    parameters: [
      'SRT (draft-sharabayko-srt-01): seven MPEG-TS packets and a header, 1,332 B; an ACK of 44 B every 10 ms (§4.8.1), and an ACKACK of 16 B for each; down, or up in one of three',
      OURS,
    ],
    add(packets, random, seconds, mbps) {
      const down = random.uniform() < 2 / 3
      addVideo(packets, random, seconds, liveVideo(random, down, mbps, 1332))
      const every10ms = { rate: 100, irregularity: random.between(0.01, 0.2), sizeDeviation: 0 }
      addPeriodic(packets, random, seconds, { ...every10ms, down: !down, size: 44 })
      addPeriodic(packets, random, seconds, { ...every10ms, down, size: 16 })
    },
  },
  {
    name: 'quic-live',
    class: 'other',
    rates: [1.5, 20],
    parameters: [
      'live video of 24-60 frames/s over QUIC (draft-ietf-moq-transport): an acknowledgement of 25-45 B for 2-10 packets within 25 ms (RFC 9000 §13.2)',
      OURS,
    ],
    add(packets, random, seconds, mbps) {
      const video = liveVideo(random, true, mbps, Math.round(random.between(1200, 1372)))
      const acks = {
        every: random.pick([2, 2, 4, 10]),
        bytes: random.between(25, 45),
        delay: random.between(1e-3, 0.025),
      }
      addAcknowledgedVideo(packets, random, seconds, video, acks)
      if (random.uniform() < 0.7) addPeriodic(packets, random, seconds, audio(true, random.between(150, 350)))
    },
  },
  {
    name: 'remote-film',
    class: 'other',
    rates: [2, 20],
    parameters: [
      'a film inside a remote desktop: 20-30 frames/s, acknowledgements of 30-60 B for 2-4 packets (MS-RDPEUDP), mouse and keys 2-30/s for at most a third of the time',
      OURS,
    ],
    add(packets, random, seconds, mbps) {
      const video = { ...liveVideo(random, true, mbps, 1200), fps: random.pick([20, 24, 25, 30]) }
      const acks = { every: random.pick([2, 4]), bytes: random.between(30, 60), delay: random.between(1e-3, 0.01) }
      addAcknowledgedVideo(packets, random, seconds, video, acks)
      const hand = { down: false, rate: random.logBetween(2, 30), irregularity: 0.6, size: 65, sizeDeviation: 15 }
      addPeriodic(packets, random, seconds, { ...hand, activity: random.between(0, 0.33) })
      if (random.uniform() < 0.7) addPeriodic(packets, random, seconds, audio(true, random.between(100, 350)))
    },
  },
  {
    name: 'screen-share',
    class: 'other',
    rates: [0.5, 9],
    parameters: [
      "somebody's screen, or game, watched in a call: 5-60 frames/s over WebRTC, voice both ways, feedback 7-20/s (draft-holmer-rmcat-transport-wide-cc-extensions)",
      OURS,
    ],
    add(packets, random, seconds, mbps) {
      const fps = random.pick([5, 10, 15, 30, 30, 60])
      const video = webrtcVideo(random, true, mbps, fps)
      const steady = fps >= 30 ? random.between(0.15, 0.4) : random.between(0.4, 0.9)
      const bursts = Math.round(random.logBetween(1, 32))
      addVideo(packets, random, seconds, { ...video, bursts, variation: steady, jitter: 0.1 / fps })
      addPeriodic(packets, random, seconds, audio(true, random.between(90, 200)))
      const voice = { ...audio(false, random.between(80, 130)), activity: random.between(0, 0.8) }
      addPeriodic(packets, random, seconds, voice)
      const reports = { ...feedback(false, random.between(7, 20)), size: random.between(40, 160), sizeDeviation: 20 }
      addPeriodic(packets, random, seconds, reports)
    },
  },
]
