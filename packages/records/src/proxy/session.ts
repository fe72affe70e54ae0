import Type, { type Static } from 'typebox'
import { Id, IpAddress, Label, Timestamp, U8, U16 } from '../scalars.js'

/** A session whose label stack an SR proxy keeps while its packets are at a VNF. */
export const ProxySessionRecord = Type.Object({
  kind: Type.Literal('proxy-session'),
  id: Id,
  sourceAddress: IpAddress,
  sourcePort: U16,
  destinationAddress: IpAddress,
  destinationPort: U16,
  protocol: U8,
  /** `service`: which instance it stays with; `fragment`, `error`: what belongs to a flow and has no ports. */
  type: Type.Union([Type.Literal('flow'), Type.Literal('service'), Type.Literal('fragment'), Type.Literal('error')]),
  /** The label that began it. */
  label: Label,
  /** Where its packets come back. */
  attachment: Type.Optional(Type.String()),
  service: Type.Optional(Type.String()),
  instance: Type.Optional(Type.String()),
  /** What is put back on, top first. */
  stack: Type.Array(Label),
  lastSeen: Timestamp,
})
export type ProxySessionRecord = Static<typeof ProxySessionRecord>
