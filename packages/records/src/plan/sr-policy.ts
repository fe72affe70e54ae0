import Type, { type Static } from 'typebox'
import { Algorithm, Id, Label, U32 } from '../scalars.js'
import { candidatePathOf, policyFields } from './candidate-path.js'
import { elementFields } from './element.js'

/** One entry of a label stack. The first of a list is the top of the stack: what the first node sees. */
export const Segment = Type.Object({
  label: Label,
  type: Type.Union([
    Type.Literal('node-sid'),
    Type.Literal('prefix-sid'),
    Type.Literal('anycast-sid'),
    Type.Literal('adjacency-sid'),
    Type.Literal('binding-sid'),
    /** A label that only the node it arrives at knows: a proxy or a VNF behind its host. */
    Type.Literal('local-sid'),
  ]),
  algorithm: Type.Optional(Algorithm),
  /** Topology ids: the node that ends the segment; of an anycast segment all that may. */
  nodes: Type.Array(Id),
  prefix: Type.Optional(Type.String()),
  service: Type.Optional(Type.String()),
  /** Why this label is in the stack. */
  reason: Type.String(),
})
export type Segment = Static<typeof Segment>

/** A node on the way, in order, and what it does there. Parallel shortest paths share a `position`. */
export const Hop = Type.Object({
  /** 0 is the headend. */
  position: Type.Integer({ minimum: 0 }),
  node: Id,
  name: Type.Optional(Type.String()),
  /** The stack on arrival, top first. */
  labels: Type.Array(Label),
  /** push, swap, pop (penultimate hop), end, deliver, service. */
  action: Type.String(),
})
export type Hop = Static<typeof Hop>

/** Where entropy labels go (RFC 8662 §4): after these labels of the stack, counted from 1 at the top. */
export const EntropyLabels = Type.Object({
  after: Type.Array(Type.Integer({ minimum: 1 })),
  /** In words: what decided it. */
  reason: Type.String(),
})
export type EntropyLabels = Static<typeof EntropyLabels>

export const SegmentList = Type.Object({
  weight: Type.Integer({ minimum: 1 }),
  segments: Type.Array(Segment),
  /** Sum over the path of the metric of the chain's algorithm. */
  cost: U32,
  /** Worst shortest path, where every link tells its delay; microseconds. */
  delayUs: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Absent where no node on the way tells how deep it reads (ERLD, RFC 9088 §4). */
  entropyLabels: Type.Optional(EntropyLabels),
  hops: Type.Array(Hop),
})
export type SegmentList = Static<typeof SegmentList>

export const CandidatePath = candidatePathOf(SegmentList)
export type CandidatePath = Static<typeof CandidatePath>

/** Something that was looked at and not taken. */
export const Rejection = Type.Object({ what: Type.String(), why: Type.String() })
export type Rejection = Static<typeof Rejection>

/** What a policy has nothing in common with. */
export const DisjointFrom = Type.Object({
  level: Type.Union([Type.Literal('link'), Type.Literal('node'), Type.Literal('srlg')]),
  /** Ids of the other policies. */
  policies: Type.Array(Id, { minItems: 1 }),
})
export type DisjointFrom = Static<typeof DisjointFrom>

/** An SR Policy of a headend (RFC 9256): the label stacks of one chain towards one endpoint. */
export const SrPolicyElement = Type.Object({
  kind: Type.Literal('sr-policy'),
  ...elementFields,
  ...policyFields,
  /** It carries the rest of the stacks of these policies, which name its binding-SID. */
  bindingFor: Type.Optional(Type.Array(Id, { minItems: 1 })),
  disjointFrom: Type.Optional(DisjointFrom),
  candidatePaths: Type.Array(CandidatePath, { minItems: 1 }),
  /** The label by which others steer into the policy (RFC 9256 §6); absent: the headend takes one, or none. */
  bindingSid: Type.Optional(Label),
  rejected: Type.Array(Rejection),
})
export type SrPolicyElement = Static<typeof SrPolicyElement>
