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
    'payload 950-1,460 B; a frame in 1-4 slices and 1-64 bursts, at once or over up to all of its interval; in a third of the sessions 5-25 % of forward error correction',
    'up 45-300 packets/s of 30-200 B, all alike or not, regular or not: around 54-146 (Xbox flows) and 250 (TR 38.838); in a fifth up to 1,000 (the polling of mice and controllers)',
    'feedback up of 5-60/s, 40-250 B, in two of three; audio or control down 25-210/s in four of five, answers to the input in a fifth',
    'a scene changes the rate to 15-130 %, every 5 or 10 s or never: pauses, menus, adaptation',
    OURS,
  ],
  add(packets, random, seconds, mbps) {
    addVideo(packets, random, seconds, {
      down: true,
      mbps,
      fps: random.pick([30, 60, 60, 60, 90, 120]),
      payload: Math.round(random.between(950, 1460)),
      spread: random.pick([0, random.between(0, 0.3), random.between(0.3, 1), 1]),
      bursts: Math.round(random.logBetween(1, 64)),
      slices: random.pick([1, 1, 2, 3, 4]),
      variation: random.between(0.08, 0.35),
      correlation: random.between(0, 0.7),
      jitter: random.logBetween(2e-4, 3e-3),
      sceneRate: random.pick([0, 0.1, 0.2]),
      sceneLow: random.between(0.15, 0.6),
      redundancy: random.pick([0, 0, random.between(0.05, 0.25)]),
    })
    if (random.uniform() < 0.8) {
      const sound = { down: true, rate: random.logBetween(25, 210), irregularity: random.between(0, 0.2) }
      addPeriodic(packets, random, seconds, { ...sound, size: random.between(80, 350), sizeDeviation: 30 })
      // Redundancy for the sound, or control, as a stream of its own.
      if (random.uniform() < 0.3) {
        addPeriodic(packets, random, seconds, { ...sound, size: random.between(40, 350), sizeDeviation: 0 })
      }
    }
    const rate = random.uniform() < 0.8 ? random.logBetween(45, 300) : random.logBetween(300, 1000)
    const input = { down: false, rate, irregularity: random.between(0, 0.9) }
    const size = random.logBetween(30, 200)
    const sizeDeviation = random.pick([0, random.between(0, 8), random.between(0, 30)])
    addPeriodic(packets, random, seconds, { ...input, size, sizeDeviation })
    if (random.uniform() < 0.2) {
      addPeriodic(packets, random, seconds, { ...input, down: true, rate: rate / 2, size: 60, sizeDeviation: 5 })
    }
    if (random.uniform() < 2 / 3) {
      const reports = { down: false, rate: random.logBetween(5, 60), irregularity: random.between(0, 0.5) }
      addPeriodic(packets, random, seconds, { ...reports, size: random.logBetween(40, 250), sizeDeviation: 15 })
    }
  },
}
