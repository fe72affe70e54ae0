import Type, { type Static } from 'typebox'
import { Id, IpAddress, Label, Name } from '../scalars.js'

/** What segment routing reads of an IPv6 packet. */
export const Srv6PacketRecord = Type.Object({
  destination: IpAddress,
  /** Of the SRH; absent when there is none. */
  segmentsLeft: Type.Optional(Type.Integer({ minimum: 0 })),
  /** The SRH's list as it stands there: the last segment first (RFC 8754 §2). */
  segments: Type.Optional(Type.Array(IpAddress)),
})
export type Srv6PacketRecord = Static<typeof Srv6PacketRecord>

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
  /** Empty on the SRv6 data plane. */
  labels: Type.Array(Label),
  /** On arrival; absent for a label stack. */
  packet: Type.Optional(Srv6PacketRecord),
  /** As the endpoint sends it on: the carrier shifted, or the next segment in the destination. */
  sent: Type.Optional(Srv6PacketRecord),
  /** What the endpoint's SID does. */
  behavior: Type.Optional(Name),
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
  /** The list that the headend writes, first segment first; absent for a label stack. */
  carriers: Type.Optional(Type.Array(IpAddress)),
  services: Type.Array(Type.String()),
  outcome: Type.Union([Type.Literal('in-order'), Type.Literal('broken')]),
  delayUs: Type.Optional(Type.Integer({ minimum: 0 })),
  why: Type.Optional(Type.String()),
})
export type TraceRecord = Static<typeof TraceRecord>
