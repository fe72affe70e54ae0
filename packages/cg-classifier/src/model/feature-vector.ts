import type { DirectionFeatures, ReportRecord } from '@segchain/records'

/** The model's input, in order. `down` is the direction with more bytes, whichever the first packet had. */
export const FEATURE_NAMES = ['down', 'up'].flatMap((direction) =>
  ['packets', 'bytes', 'meanSizeBytes', 'varianceSizeBytes2', 'meanInterArrivalUs', 'varianceInterArrivalUs2'].map(
    (name) => `${direction}.${name}`,
  ),
)
export const FEATURE_COUNT = FEATURE_NAMES.length

/** Writes the 12 features of one report from index `at` on. */
export function putFeatures(
  target: Float32Array,
  at: number,
  report: Pick<ReportRecord, 'forward' | 'backward'>,
): void {
  const { forward, backward } = report
  const swap = backward.bytes > forward.bytes
  put(target, at, swap ? backward : forward)
  put(target, at + 6, swap ? forward : backward)
}

function put(target: Float32Array, at: number, features: DirectionFeatures): void {
  target[at] = features.packets
  target[at + 1] = features.bytes
  target[at + 2] = features.meanSizeBytes
  target[at + 3] = features.varianceSizeBytes2
  target[at + 4] = features.meanInterArrivalUs
  target[at + 5] = features.varianceInterArrivalUs2
}
