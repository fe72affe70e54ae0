/** A Gaussian in the logarithms of the features: what one source of cloud gaming looks like. */
export interface Gaussian {
  readonly mean: readonly number[]
  /** Inverse of the lower Cholesky factor of the covariance: (x - mean)·Wᵀ has unit covariance. */
  readonly whitening: readonly (readonly number[])[]
  /** Squared distance that 95 % of the windows it learned from keep. */
  readonly limit: number
}

/**
 * The unsupervised model: learns cloud gaming only, one Gaussian a source, and flags what is like none of them.
 * A window is accepted when a squared Mahalanobis distance is within its limit.
 */
export interface AnomalyModel {
  readonly width: number
  readonly gaussians: readonly Gaussian[]
}

/** Least of the distances over their limits: at most 1 is accepted. */
export function anomalyOf(model: AnomalyModel, features: Float32Array, at: number): number {
  const row = logs(features, at, model.width)
  return Math.min(...model.gaussians.map((gaussian) => distance(gaussian, row) / gaussian.limit))
}

/** Squared Mahalanobis distance of a row of logarithms. */
export function distance({ mean, whitening }: Gaussian, row: readonly number[]): number {
  let sum = 0
  for (const weights of whitening) {
    let y = 0
    for (let j = 0; j < weights.length; j++) y += (weights[j] ?? 0) * ((row[j] ?? 0) - (mean[j] ?? 0))
    sum += y * y
  }
  return sum
}

/** The logarithms of the features of one row, each plus 1. */
export function logs(features: Float32Array, at: number, width: number): number[] {
  return Array.from({ length: width }, (_, j) => Math.log(1 + (features[at + j] ?? 0)))
}
