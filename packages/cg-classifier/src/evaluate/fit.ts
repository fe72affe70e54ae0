import type { SessionRule } from '../aggregate/session-rule.js'
import { boost } from '../model/boost.js'
import { featureCount } from '../model/feature-writer.js'
import { type Ensemble, logisticOfRow } from '../model/tree.js'
import type { SessionWindows } from './session-windows.js'

export const BOOST = { trees: 90, depth: 5, rate: 0.2, lambda: 1, minHessian: 0.5 } as const
/** Log-likelihood that some 5 s of windows gather, which a menu or a dark scene may then use up. */
const RESERVE = 30
/** 3 s of traffic. */
export const MAX_WINDOWS = 90
/** A window counts as cloud gaming from this probability on. */
export const THRESHOLD = 0.5

/** Trains on the windows; every class has the same weight, and every source in it what its sessions say. */
export function fit(sessions: readonly SessionWindows[]): Ensemble {
  const width = featureCount[sessions[0]?.kind ?? 'window']
  const count = sessions.reduce((sum, session) => sum + session.count, 0)
  const features = new Float32Array(count * width)
  const labels = new Uint8Array(count)
  const weights = new Float64Array(count)
  const windows = new Map<string, number>()
  const shares = new Map<string, { positive: boolean; weight: number }>()
  for (const { source, count: more, positive, weight } of sessions) {
    windows.set(source, (windows.get(source) ?? 0) + more)
    shares.set(source, { positive, weight })
  }
  const whole = (of: boolean) =>
    [...shares.values()].reduce((sum, { positive, weight }) => sum + (positive === of ? weight : 0), 0)
  const classes = { true: whole(true), false: whole(false) }
  let row = 0
  for (const session of sessions) {
    features.set(session.features, row * width)
    labels.fill(session.positive ? 1 : 0, row, row + session.count)
    const share = session.weight / classes[`${session.positive}`] / (windows.get(session.source) ?? 1)
    weights.fill((count / 2) * share, row, row + session.count)
    row += session.count
  }
  return boost({ features, width, labels, weights }, BOOST)
}

/** The probabilities of the windows of a session. */
export function scoresOf(ensemble: Ensemble, session: SessionWindows): Float64Array {
  const width = featureCount[session.kind]
  return Float64Array.from({ length: session.count }, (_, row) =>
    logisticOfRow(ensemble, session.features, row * width),
  )
}

/**
 * The rule's p1 and p0 from sessions that were not trained on: not the averages, but what nineteen of twenty sessions
 * keep; a source counts as in training, however many sessions it has. The design effect is 1 + 2 Σ lag
 * autocorrelations, its 90th percentile, 4 at least.
 */
export function fitRule(ensemble: Ensemble, sessions: readonly SessionWindows[]): SessionRule {
  const fractions = { true: [] as Weighted[], false: [] as Weighted[] }
  const effects: number[] = []
  const long = sessions.filter(({ count }) => count >= 30)
  const counts = new Map<string, number>()
  for (const { source } of long) counts.set(source, (counts.get(source) ?? 0) + 1)
  for (const session of long) {
    const hits = Array.from(scoresOf(ensemble, session), (score) => Number(score >= THRESHOLD))
    const mean = hits.reduce((a, b) => a + b, 0) / hits.length
    fractions[`${session.positive}`].push({ value: mean, weight: session.weight / (counts.get(session.source) ?? 1) })
    if (mean > 0.02 && mean < 0.98) effects.push(designEffect(hits, mean))
  }
  const p1 = Math.min(0.95, Math.max(0.6, weightedQuantile(fractions.true, 0.05)))
  const p0 = Math.max(0.05, Math.min(0.4, weightedQuantile(fractions.false, 0.95)))
  const effect = Math.min(12, Math.max(4, quantile(effects, 0.9)))
  const round = (value: number) => Math.round(value * 1000) / 1000
  return {
    p1: round(p1),
    p0: round(p0),
    alpha: 0.0001,
    beta: 0.01,
    designEffect: round(effect),
    reserve: RESERVE,
    maxWindows: MAX_WINDOWS,
  }
}

interface Weighted {
  readonly value: number
  readonly weight: number
}

/** The value below which this part of the weight lies. */
function weightedQuantile(values: readonly Weighted[], part: number): number {
  const sorted = [...values].sort((a, b) => a.value - b.value)
  let left = part * sorted.reduce((sum, { weight }) => sum + weight, 0)
  for (const { value, weight } of sorted) {
    left -= weight
    if (left < 0) return value
  }
  return sorted.at(-1)?.value ?? 0
}

function designEffect(hits: number[], mean: number): number {
  let effect = 1
  for (let lag = 1; lag <= 15; lag++) {
    let sum = 0
    for (let at = lag; at < hits.length; at++) sum += ((hits[at] ?? 0) - mean) * ((hits[at - lag] ?? 0) - mean)
    const correlation = sum / hits.length / (mean * (1 - mean))
    if (correlation < 0.05) break
    effect += 2 * correlation
  }
  return effect
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
}
