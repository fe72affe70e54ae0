import type { ReportRecord } from '@segchain/records'
import { FEATURE_COUNT } from '../model/feature-vector.js'
import { type FeatureKind, FeatureWriter, featureCount } from '../model/feature-writer.js'

/** Where a session is from. */
export interface SessionOrigin {
  readonly source: string
  readonly positive: boolean
  /** Of the generator; 0 for a capture. */
  readonly mbps: number
  /** What its source counts in training, beside the others of its class. */
  readonly weight: number
  /** Windows from before its media: they are in the past of the others. 0 without it. */
  readonly lead?: number
}

/** The windows of one session, as rows of a model's input. */
export interface SessionWindows extends SessionOrigin {
  readonly kind: FeatureKind
  readonly features: Float32Array
  readonly count: number
}

/** @param reports of one session, in their order. */
export function windowsOf(reports: readonly ReportRecord[], origin: SessionOrigin): SessionWindows {
  const writer = new FeatureWriter('session')
  const features = new Float32Array(reports.length * writer.width)
  reports.forEach((report, row) => {
    writer.put(features, row, report)
  })
  return { ...origin, kind: 'session', features, count: reports.length }
}

/** What is left of a session without its start-up: cloud gaming has to be told from its media. */
export function withoutLead(session: SessionWindows): SessionWindows {
  const { lead = 0, kind, features, count } = session
  return { ...session, lead: 0, features: features.subarray(lead * featureCount[kind]), count: count - lead }
}

/** The same session for a model that sees each window alone. */
export function windowsAlone(session: SessionWindows): SessionWindows {
  const width = featureCount[session.kind]
  const features = new Float32Array(session.count * FEATURE_COUNT)
  for (let row = 0; row < session.count; row++) {
    features.set(session.features.subarray(row * width, row * width + FEATURE_COUNT), row * FEATURE_COUNT)
  }
  return { ...session, kind: 'window', features }
}
