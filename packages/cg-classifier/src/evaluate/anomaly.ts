import { FEATURE_COUNT } from '../model/feature-vector.js'
import { quantile } from './fit.js'
import type { SessionWindows } from './sets.js'

/**
 * The unsupervised model: learns cloud gaming only, flags what does not look like it. A Gaussian in the logarithms
 * of the features (Mahalanobis distance); the threshold keeps 95 % of the windows it learned from.
 */
export interface AnomalyModel {
  /** True when the window looks like cloud gaming. */
  accepts(features: Float32Array, at: number): boolean
}

export function fitAnomaly(sessions: readonly SessionWindows[]): AnomalyModel {
  const rows = sessions.filter(({ positive }) => positive).flatMap(rowsOf)
  const mean = Array.from(
    { length: FEATURE_COUNT },
    (_, j) => rows.reduce((sum, row) => sum + (row[j] ?? 0), 0) / rows.length,
  )
  const covariance = Array.from({ length: FEATURE_COUNT }, (_, i) =>
    Array.from({ length: FEATURE_COUNT }, (_, j) => {
      let sum = 0
      for (const row of rows) sum += ((row[i] ?? 0) - (mean[i] ?? 0)) * ((row[j] ?? 0) - (mean[j] ?? 0))
      return sum / rows.length + (i === j ? 1e-2 : 0)
    }),
  )
  const lower = cholesky(covariance)
  const distance = (row: readonly number[]) => {
    // Solve L y = x - mean; the distance is |y|².
    const y: number[] = []
    for (let i = 0; i < FEATURE_COUNT; i++) {
      let value = (row[i] ?? 0) - (mean[i] ?? 0)
      for (let j = 0; j < i; j++) value -= (lower[i]?.[j] ?? 0) * (y[j] ?? 0)
      y.push(value / (lower[i]?.[i] ?? 1))
    }
    return y.reduce((sum, value) => sum + value * value, 0)
  }
  const limit = quantile(rows.map(distance), 0.95)
  return { accepts: (features, at) => distance(rowOf(features, at)) <= limit }
}

function rowsOf(session: SessionWindows): number[][] {
  return Array.from({ length: session.count }, (_, row) => rowOf(session.features, row * FEATURE_COUNT))
}

function rowOf(features: Float32Array, at: number): number[] {
  return Array.from({ length: FEATURE_COUNT }, (_, j) => Math.log1p(features[at + j] ?? 0))
}

function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = []
  for (let i = 0; i < matrix.length; i++) {
    const row: number[] = []
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]?.[j] ?? 0
      for (let k = 0; k < j; k++) sum -= (row[k] ?? 0) * (j === i ? (row[k] ?? 0) : (lower[j]?.[k] ?? 0))
      row.push(i === j ? Math.sqrt(sum) : sum / (lower[j]?.[j] ?? 1))
    }
    lower.push(row)
  }
  return lower
}
