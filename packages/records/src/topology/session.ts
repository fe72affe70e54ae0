import Type, { type Static } from 'typebox'
import { Id, Timestamp } from '../scalars.js'

/** A BGP session or a monitored peer came up or went down. Not part of the topology itself. */
export const SessionRecord = Type.Object({
  kind: Type.Literal('session'),
  id: Id,
  peer: Type.String(),
  state: Type.Union([Type.Literal('up'), Type.Literal('down')]),
  /** Why it went down, in words, with code and subcode of the NOTIFICATION where there was one. */
  reason: Type.Optional(Type.String()),
  time: Type.Optional(Timestamp),
})
export type SessionRecord = Static<typeof SessionRecord>
