import Type, { type Static } from 'typebox'
import { Algorithm, Id, IpAddress, Name, U32 } from '../scalars.js'
import { Srv6SidStructure } from '../topology/sid.js'
import { candidatePathOf, policyFields } from './candidate-path.js'
import { elementFields } from './element.js'
import { Rejection } from './sr-policy.js'

/** One segment, before compression. */
export const Srv6Segment = Type.Object({
  sid: IpAddress,
  /** As the IANA registry writes it: `End with NEXT-CSID, PSP & USD`; for a service `End.AD`. */
  behavior: Name,
  algorithm: Algorithm,
  structure: Type.Optional(Srv6SidStructure),
  /** Topology ids: the node that ends the segment; of an anycast segment all that may. */
  nodes: Type.Array(Id),
  service: Type.Optional(Type.String()),
  /** Which entry of `carriers` it is in, from 0. */
  carrier: Type.Integer({ minimum: 0 }),
  /** Why this SID is in the list. */
  reason: Type.String(),
})
export type Srv6Segment = Static<typeof Srv6Segment>

/** A node on the way. Parallel shortest paths share a `position`. */
export const Srv6HopRecord = Type.Object({
  position: Type.Integer({ minimum: 0 }),
  node: Id,
  name: Type.Optional(Type.String()),
  /** On arrival. */
  destination: IpAddress,
  /** Of the SRH; absent when there is none. */
  segmentsLeft: Type.Optional(Type.Integer({ minimum: 0 })),
  /** encapsulate, forward, shift, replace, next-segment, service, deliver. */
  action: Type.String(),
})
export type Srv6HopRecord = Static<typeof Srv6HopRecord>

export const Srv6SegmentList = Type.Object({
  weight: Type.Integer({ minimum: 1 }),
  segments: Type.Array(Srv6Segment, { minItems: 1 }),
  /** What the headend writes: entries of 128 bits, the first one into the destination address (RFC 9800 §6). */
  carriers: Type.Array(IpAddress, { minItems: 1 }),
  cost: U32,
  /** Worst shortest path, where every link tells its delay; microseconds. */
  delayUs: Type.Optional(Type.Integer({ minimum: 0 })),
  hops: Type.Array(Srv6HopRecord),
})
export type Srv6SegmentList = Static<typeof Srv6SegmentList>

export const Srv6CandidatePath = candidatePathOf(Srv6SegmentList)
export type Srv6CandidatePath = Static<typeof Srv6CandidatePath>

/** An SR Policy of a headend on the SRv6 data plane (RFC 9256, RFC 8986 §5). */
export const Srv6PolicyElement = Type.Object({
  kind: Type.Literal('srv6-policy'),
  ...elementFields,
  ...policyFields,
  encapsulation: Type.Union([Type.Literal('H.Encaps'), Type.Literal('H.Encaps.Red')]),
  candidatePaths: Type.Array(Srv6CandidatePath, { minItems: 1 }),
  rejected: Type.Array(Rejection),
})
export type Srv6PolicyElement = Static<typeof Srv6PolicyElement>
