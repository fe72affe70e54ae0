import type { SessionRule } from '../aggregate/session-rule.js'
import { type FeatureKind, featureCount, featureNames } from '../model/feature-writer.js'
import { CONTEXT_WINDOWS } from '../model/session-features.js'
import type { Ensemble } from '../model/tree.js'
import { writeOnnx } from '../model/write-onnx.js'
import { fit, fitRule, THRESHOLD } from './fit.js'
import { type SessionWindows, windowsAlone } from './session-windows.js'
import { HELD_OUT, sessionSet } from './sets.js'

export interface Trained {
  readonly kind: FeatureKind
  readonly ensemble: Ensemble
  readonly rule: SessionRule
  readonly onnx: Uint8Array
}

/** Sessions a source and seconds a session of the model that comes with the package. */
export const TRAINING = { sessions: 40, seconds: 4 } as const

export interface TrainOptions {
  /** Sessions a source, see `SetOptions`, and s of each. */
  readonly sessions: number
  readonly seconds: number
  /** `session` without it. */
  readonly kind?: FeatureKind
}

/** The same options give the same bytes. @param without sources to leave out besides those held out. */
export function train(options: TrainOptions, without: readonly string[] = HELD_OUT.sources): Trained {
  const { sessions, seconds, kind = 'session' } = options
  const common = { seconds, without, heldOutRates: 'leave-out', startUp: 'cut' } as const
  return trainOn(
    sessionSet({ ...common, sessions, name: 'train' }),
    sessionSet({ ...common, sessions: Math.ceil(sessions / 2), name: 'validate' }),
    { kind, heldOut: without.join(',') },
  )
}

/** @param training for the trees, @param validation for the session rule. */
export function trainOn(
  training: readonly SessionWindows[],
  validation: readonly SessionWindows[],
  { kind, heldOut }: { readonly kind: FeatureKind; readonly heldOut: string },
): Trained {
  const seen = (sessions: readonly SessionWindows[]) => (kind === 'session' ? sessions : sessions.map(windowsAlone))
  const ensemble = fit(seen(training))
  const rule = fitRule(ensemble, seen(validation))
  const onnx = writeOnnx(ensemble, featureCount[kind], {
    features: featureNames[kind].join(','),
    threshold: String(THRESHOLD),
    windowMs: '33',
    contextWindows: String(CONTEXT_WINDOWS),
    heldOut,
  })
  return { kind, ensemble, rule, onnx }
}
