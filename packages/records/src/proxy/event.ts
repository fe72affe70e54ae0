import Type, { type Static } from 'typebox'
import { Id, Timestamp } from '../scalars.js'

/** Something that happened at an SR proxy. */
export const ProxyEventRecord = Type.Object({
  kind: Type.Literal('proxy-event'),
  id: Id,
  time: Timestamp,
  event: Type.Union([
    /** Tables came into force. */
    Type.Literal('applied'),
    /** An interface that the tables use came or went. */
    Type.Literal('interface'),
    /** DELAY: the first packet waits for an answer: what is this service to be? */
    Type.Literal('held'),
    Type.Literal('released'),
    /** The reader was too slow, and so many `events` are not told: show labels and show services have what is now. */
    Type.Literal('missed'),
  ]),
  events: Type.Optional(Type.Integer({ minimum: 1 })),
  owner: Type.Optional(Type.String()),
  changes: Type.Optional(Type.Integer({ minimum: 0 })),
  generation: Type.Optional(Type.Integer({ minimum: 0 })),
  interface: Type.Optional(Type.String()),
  present: Type.Optional(Type.Boolean()),
  service: Type.Optional(Type.String()),
  packets: Type.Optional(Type.Integer({ minimum: 0 })),
  bytes: Type.Optional(Type.Integer({ minimum: 0 })),
})
export type ProxyEventRecord = Static<typeof ProxyEventRecord>
