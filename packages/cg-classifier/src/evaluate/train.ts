import type { SessionRule } from '../aggregate/session-rule.js'
import { FEATURE_COUNT, FEATURE_NAMES } from '../model/feature-vector.js'
import type { Ensemble } from '../model/tree.js'
import { writeOnnx } from '../model/write-onnx.js'
import { fit, fitRule, THRESHOLD } from './fit.js'
import { HELD_OUT, sessionSet } from './sets.js'

export interface Trained {
  readonly ensemble: Ensemble
  readonly rule: SessionRule
  readonly onnx: Uint8Array
}

/** Sessions a source and seconds a session of the model that comes with the package. */
export const TRAINING = { sessions: 24, seconds: 8 } as const

/** The same options give the same bytes. @param without sources to leave out besides those held out. */
export function train(
  options: { readonly sessions: number; readonly seconds: number },
  without: readonly string[] = HELD_OUT.sources,
): Trained {
  const common = { ...options, without, heldOutRates: 'leave-out' } as const
  const ensemble = fit(sessionSet({ ...common, name: 'train' }))
  const rule = fitRule(ensemble, sessionSet({ ...common, name: 'validate', sessions: Math.ceil(options.sessions / 2) }))
  const onnx = writeOnnx(ensemble, FEATURE_COUNT, {
    features: FEATURE_NAMES.join(','),
    threshold: String(THRESHOLD),
    windowMs: '33',
    heldOut: without.join(','),
  })
  return { ensemble, rule, onnx }
}
