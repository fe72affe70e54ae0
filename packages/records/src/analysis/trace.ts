import Type, { type Static } from 'typebox'
import { Id, Label, Name } from '../scalars.js'

/** A symbolic packet at a node: what it carries, what happens to it, where it may go. */
export const TraceHopRecord = Type.Object({
  kind: Type.Literal('trace-hop'),
  /** The packet's id and the number of the hop. */
  id: Id,
  /** The id of the trace record. */
  trace: Id,
  number: Type.Integer({ minimum: 0 }),
  position: Type.Integer({ minimum: 0 }),
  node: Name,
  labels: Type.Array(Label),
  action: Type.String(),
  service: Type.Optional(Type.String()),
  /** Numbers of the hops that may come next; several are equal-cost branches. */
  next: Type.Array(Type.Integer({ minimum: 0 })),
  why: Type.Optional(Type.String()),
})
export type TraceHopRecord = Static<typeof TraceHopRecord>

/** How a packet with this stack fares, on every branch together. */
export const TraceRecord = Type.Object({
  kind: Type.Literal('trace'),
  id: Id,
  headend: Name,
  labels: Type.Array(Label),
  services: Type.Array(Type.String()),
  outcome: Type.Union([Type.Literal('in-order'), Type.Literal('broken')]),
  delayUs: Type.Optional(Type.Integer({ minimum: 0 })),
  why: Type.Optional(Type.String()),
})
export type TraceRecord = Static<typeof TraceRecord>
