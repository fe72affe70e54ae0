import assert from 'node:assert/strict'
import test from 'node:test'
import { effectiveTrials, type Part, wilson } from '../src/evaluate/interval.js'
import { Random } from '../src/generate/random.js'

/** Sessions of 200 windows; each has a rate of its own, around 0.9 or for all of them 0.9. */
function sessions(random: Random, count: number, alike: boolean): Part[] {
  return Array.from({ length: count }, () => {
    const rate = alike ? 0.9 : random.uniform() < 0.8 ? 1 : 0.5
    return [Array.from({ length: 200 }, () => Number(random.uniform() < rate)).reduce((a, b) => a + b, 0), 200]
  })
}

test('of windows that are alike within a session, the interval covers the truth as often as it says', () => {
  const random = new Random('intervals')
  const trials = 400
  const covered = { clustered: 0, independent: 0 }
  for (let trial = 0; trial < trials; trial++) {
    const parts = sessions(random, 50, false)
    const p = parts.reduce((sum, [hits]) => sum + hits, 0) / (50 * 200)
    for (const [name, count] of [
      ['clustered', effectiveTrials(parts, 1)],
      ['independent', 50 * 200],
    ] as const) {
      const [low, high] = wilson(p * count, count)
      covered[name] += Number(low <= 0.9 && 0.9 <= high)
    }
  }
  assert.ok(covered.clustered / trials >= 0.92, `${covered.clustered} of ${trials}`)
  assert.ok(covered.independent / trials < 0.5, `taken as independent: ${covered.independent} of ${trials}`)
})

test('windows that are independent count nearly as many as they are', () => {
  const parts = sessions(new Random('independent'), 200, true)
  const count = effectiveTrials(parts, 1)
  assert.ok(count > 25_000 && count <= 40_000, `${count} of 40,000`)
})

test('where nothing was seen to differ, the least design effect counts; never fewer than the sessions', () => {
  const none = Array.from({ length: 50 }, (): Part => [0, 240])
  assert.equal(effectiveTrials(none, 12), 1000)
  assert.equal(effectiveTrials([[0, 10]], 12), 1)
  assert.equal(
    effectiveTrials(
      [
        [100, 100],
        [0, 100],
        [0, 0],
      ],
      12,
    ),
    2,
  )
  assert.equal(effectiveTrials([], 12), 0)
})
