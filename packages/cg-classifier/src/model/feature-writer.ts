import type { ReportRecord } from '@segchain/records'
import { sessionOf } from '../features/session-key.js'
import { FEATURE_COUNT, FEATURE_NAMES, putFeatures } from './feature-vector.js'
import { SESSION_FEATURE_COUNT, SESSION_FEATURE_NAMES, sessionContexts } from './session-features.js'

/** What a model takes of a report: its window alone, or its window and the past of its session. */
export type FeatureKind = 'window' | 'session'

export const featureNames = { window: FEATURE_NAMES, session: SESSION_FEATURE_NAMES } as const
export const featureCount = { window: FEATURE_COUNT, session: SESSION_FEATURE_COUNT } as const

/** Reports to rows of a model's input, in the order in which they came. */
export class FeatureWriter {
  readonly width: number
  readonly #contexts: ReturnType<typeof sessionContexts> | undefined

  constructor(kind: FeatureKind) {
    this.width = featureCount[kind]
    this.#contexts = kind === 'session' ? sessionContexts() : undefined
  }

  put(target: Float32Array, row: number, report: ReportRecord): void {
    const at = row * this.width
    putFeatures(target, at, report)
    if (this.#contexts === undefined) return
    this.#contexts.of(sessionOf(report)).add(target, at)
  }
}
