import { type AnomalyModel, distance, type Gaussian, logs } from '../model/anomaly-model.js'
import { SESSION_FEATURE_COUNT } from '../model/session-features.js'
import { quantile } from './fit.js'
import type { SessionWindows } from './session-windows.js'

export function fitAnomaly(sessions: readonly SessionWindows[]): AnomalyModel {
  const names = [...new Set(sessions.filter(({ positive }) => positive).map(({ source }) => source))]
  const gaussians = names.map((name) => gaussianOf(sessions.filter(({ source }) => source === name).flatMap(rowsOf)))
  return { width: SESSION_FEATURE_COUNT, gaussians }
}

function gaussianOf(rows: readonly (readonly number[])[]): Gaussian {
  const width = rows[0]?.length ?? 0
  const mean = Array.from({ length: width }, (_, j) => rows.reduce((sum, row) => sum + (row[j] ?? 0), 0) / rows.length)
  const covariance = mean.map((_, i) =>
    mean.map((_, j) => {
      let sum = 0
      for (const row of rows) sum += ((row[i] ?? 0) - (mean[i] ?? 0)) * ((row[j] ?? 0) - (mean[j] ?? 0))
      return sum / rows.length + (i === j ? 1e-2 : 0)
    }),
  )
  const whitening = inverseOfLower(cholesky(covariance))
  const limit = quantile(
    rows.map((row) => distance({ mean, whitening, limit: 1 }, row)),
    0.95,
  )
  return { mean, whitening, limit }
}

function rowsOf(session: SessionWindows): number[][] {
  return Array.from({ length: session.count }, (_, row) =>
    logs(session.features, row * SESSION_FEATURE_COUNT, SESSION_FEATURE_COUNT),
  )
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

/** Of a lower triangular matrix, by forward substitution; rows are filled up with zeros. */
function inverseOfLower(lower: readonly (readonly number[])[]): number[][] {
  const size = lower.length
  const inverse = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  for (let column = 0; column < size; column++) {
    for (let i = column; i < size; i++) {
      let sum = i === column ? 1 : 0
      for (let k = column; k < i; k++) sum -= (lower[i]?.[k] ?? 0) * (inverse[k]?.[column] ?? 0)
      const row = inverse[i]
      if (row !== undefined) row[column] = sum / (lower[i]?.[i] ?? 1)
    }
  }
  return inverse
}
