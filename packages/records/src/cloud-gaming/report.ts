import Type, { type Static } from 'typebox'
import { Id, IpAddress, U16, U64 } from '../scalars.js'

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

/** One window (33 ms) of one flow, as the switch or the probe reports it. */
export const ReportRecord = Type.Object({
  kind: Type.Literal('report'),
  id: Id,
  /** The direction of the first packet: from `source` to `destination`. */
  sourceAddress: IpAddress,
  sourcePort: U16,
  destinationAddress: IpAddress,
  destinationPort: U16,
  windowStartNs: Type.Optional(U64),
  forward: DirectionFeatures,
  backward: DirectionFeatures,
})
export type ReportRecord = Static<typeof ReportRecord>
