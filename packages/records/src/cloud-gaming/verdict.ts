import Type, { type Static } from 'typebox'
import { Id, Name, Timestamp, U8 } from '../scalars.js'
import { flowEnds } from './flow.js'

/** What a session is, after enough windows; sent when it changes. */
export const VerdictRecord = Type.Object({
  kind: Type.Literal('verdict'),
  id: Id,
  /** One direction of the flow; the other one is the same with the ends exchanged, and the verdict is about both. */
  ...flowEnds,
  /** IANA protocol number: 17, UDP, where the report did not say. */
  protocol: Type.Optional(U8),
  /** What the sender of the reports calls the session, when it does. */
  sessionId: Type.Optional(Name),
  /** The micro-service that decided, as the intents name it: `orange/cg/aggregate`. */
  service: Type.Optional(Name),
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
