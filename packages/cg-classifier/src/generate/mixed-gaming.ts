import { OURS } from './components.js'
import { addPeriodic } from './periodic.js'
import type { Source } from './source.js'
import { addVideo } from './video.js'

/** Cloud gaming of no platform in particular, so that a model does not learn the four that are known by heart. */
export const mixedGaming: Source = {
  name: 'mixed-gaming',
  class: 'cloud-gaming',
  mixed: true,
  rates: [2, 75],
  parameters: [
    'down 2-75 Mbit/s: below the lowest and above the highest published rate',
    '30, 60, 90 or 120 frames/s, mostly 60; frames vary by 0.08-0.35, autocorrelation 0-0.7, interval deviation 0.2-3 ms: around the traces and TR 38.838',
    'payload 950-1,440 B; a frame in 1-4 slices and 1-16 bursts, at once or over up to all of its interval',
    'up 45-300 packets/s of 40-200 B, regular or not: around 54-146 (Xbox flows) and 250 (TR 38.838); feedback of 10-60/s in half of the sessions',
    'audio or control down 25-110/s in four of five sessions',
    OURS,
  ],
  add(packets, random, seconds, mbps) {
    addVideo(packets, random, seconds, {
      down: true,
      mbps,
      fps: random.pick([30, 60, 60, 60, 90, 120]),
      payload: Math.round(random.between(950, 1440)),
      spread: random.pick([0, random.between(0, 0.3), random.between(0.3, 1), 1]),
      bursts: Math.round(random.logBetween(1, 16)),
      slices: random.pick([1, 1, 2, 3, 4]),
      variation: random.between(0.08, 0.35),
      correlation: random.between(0, 0.7),
      jitter: random.logBetween(2e-4, 3e-3),
      sceneRate: random.pick([0, 0.1, 0.2]),
    })
    if (random.uniform() < 0.8) {
      const sound = { down: true, rate: random.between(25, 110), irregularity: random.between(0, 0.2) }
      addPeriodic(packets, random, seconds, { ...sound, size: random.between(80, 350), sizeDeviation: 30 })
    }
    const input = { down: false, rate: random.logBetween(45, 300), irregularity: random.between(0, 0.9) }
    const size = random.between(40, 200)
    addPeriodic(packets, random, seconds, { ...input, size, sizeDeviation: random.between(0, 30) })
    if (random.uniform() < 0.5) {
      const reports = { down: false, rate: random.between(10, 60), irregularity: random.between(0, 0.5) }
      addPeriodic(packets, random, seconds, { ...reports, size: random.between(40, 120), sizeDeviation: 15 })
    }
  },
}
