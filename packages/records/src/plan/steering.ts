import Type, { type Static } from 'typebox'
import { IpAddress, IpPrefix, Name, U8, U16, U32 } from '../scalars.js'
import { elementFields } from './element.js'

/** Which packets: every field that is there must match. */
export const TrafficMatch = Type.Object({
  source: Type.Optional(IpPrefix),
  destination: Type.Optional(IpPrefix),
  protocol: Type.Optional(U8),
  sourcePort: Type.Optional(U16),
  destinationPort: Type.Optional(U16),
  dscp: Type.Optional(Type.Integer({ minimum: 0, maximum: 63 })),
  /** The class of a verdict (segchain.verdict/1). */
  verdict: Type.Optional(Name),
})
export type TrafficMatch = Static<typeof TrafficMatch>

/** Which traffic a headend puts into which policy. */
export const SteeringElement = Type.Object({
  kind: Type.Literal('steering'),
  ...elementFields,
  match: TrafficMatch,
  color: U32,
  endpoint: IpAddress,
})
export type SteeringElement = Static<typeof SteeringElement>
