import Type, { type Static } from 'typebox'
import { Id, IpAddress, Name, Timestamp, U16 } from '../scalars.js'

/** What a session is, after enough windows; sent when it changes. */
export const VerdictRecord = Type.Object({
  kind: Type.Literal('verdict'),
  id: Id,
  sourceAddress: IpAddress,
  sourcePort: U16,
  destinationAddress: IpAddress,
  destinationPort: U16,
  /** `cloud-gaming`, `other`. */
  class: Name,
  /** 0 to 1. */
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  /** Windows seen, and how many of them were of the class. */
  windows: Type.Integer({ minimum: 0 }),
  windowsOfClass: Type.Integer({ minimum: 0 }),
  time: Type.Optional(Timestamp),
})
export type VerdictRecord = Static<typeof VerdictRecord>
