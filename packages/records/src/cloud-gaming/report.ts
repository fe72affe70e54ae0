import Type, { type Static } from 'typebox'
import { Id, Name } from '../scalars.js'
import { windowFields } from './flow.js'

/** Features of the packets of one direction in one window; variances are population variances. */
export const DirectionFeatures = Type.Object({
  packets: Type.Integer({ minimum: 0 }),
  /** UDP payload bytes. */
  bytes: Type.Integer({ minimum: 0 }),
  meanSizeBytes: Type.Number({ minimum: 0 }),
  varianceSizeBytes2: Type.Number({ minimum: 0 }),
  meanInterArrivalUs: Type.Number({ minimum: 0 }),
  varianceInterArrivalUs2: Type.Number({ minimum: 0 }),
})
export type DirectionFeatures = Static<typeof DirectionFeatures>

/** One window (33 ms) of one flow, as the switch or the probe reports it. */
export const ReportRecord = Type.Object({
  kind: Type.Literal('report'),
  id: Id,
  /** The direction of the first packet: from `source` to `destination`. */
  ...windowFields,
  forward: DirectionFeatures,
  backward: DirectionFeatures,
})
export type ReportRecord = Static<typeof ReportRecord>

/** A report with the model's answer, from `classify`. */
export const ClassificationRecord = Type.Object({
  kind: Type.Literal('classification'),
  /** That of the report. */
  id: Id,
  ...windowFields,
  /** `cloud-gaming`, `other`. */
  class: Name,
  /** The model's probability of `cloud-gaming`, 0 to 1. */
  score: Type.Number({ minimum: 0, maximum: 1 }),
})
export type ClassificationRecord = Static<typeof ClassificationRecord>
