import Type, { type Static } from 'typebox'
import { Id, IpAddress, Label, Name } from '../scalars.js'

/** A segment of a computed list. */
export const PathSegmentRecord = Type.Object({
  type: Type.Union([Type.Literal('node-sid'), Type.Literal('anycast-sid'), Type.Literal('adjacency-sid')]),
  /** The node that it leads to; nodes, where packets are shared among some of an anycast group. */
  to: Name,
  /** Of an adjacency-SID: the node whose link it is. */
  from: Type.Optional(Name),
  /** As the node that reads it knows it; absent when the topology does not tell the SID. */
  label: Type.Optional(Label),
  /** SRv6, instead of a label; absent when the topology does not tell it. */
  sid: Type.Optional(IpAddress),
  behavior: Type.Optional(Name),
  /** Of a node- or anycast-SID; 0 when absent. */
  algorithm: Type.Optional(Type.Integer({ minimum: 0, maximum: 255 })),
  /** Of an anycast-SID: everybody who advertises it. */
  members: Type.Optional(Type.Array(Name)),
  /** What it does on the way. */
  reason: Type.Optional(Type.String()),
})
export type PathSegmentRecord = Static<typeof PathSegmentRecord>

/** Which path is meant. */
const between = { id: Id, from: Name, to: Name }

/** A path that keeps the constraints asked for, and the list of segments that forces it. */
export const PathRecord = Type.Object({
  kind: Type.Literal('path'),
  ...between,
  nodes: Type.Array(Name),
  links: Type.Array(Id),
  cost: Type.Number({ minimum: 0 }),
  igpMetric: Type.Optional(Type.Number({ minimum: 0 })),
  teMetric: Type.Optional(Type.Number({ minimum: 0 })),
  delayUs: Type.Optional(Type.Integer({ minimum: 0 })),
  hops: Type.Integer({ minimum: 0 }),
  /** How much dearer it is than the best path, where a margin was allowed. */
  aboveBest: Type.Optional(Type.Number({ minimum: 0 })),
  /** All shortest paths of this algorithm are meant, not a single one; nodes come before those behind them. */
  algorithm: Type.Optional(Type.Integer({ minimum: 0, maximum: 255 })),
  /** How many they are. */
  paths: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Labels that the headend can push, where it tells that. */
  msd: Type.Optional(Type.Integer({ minimum: 0, maximum: 255 })),
  /** Why there is no list of segments. */
  whyNoSegments: Type.Optional(Type.String()),
  /** SRv6: what the headend writes, first entry first. */
  carriers: Type.Optional(Type.Array(IpAddress)),
  segments: Type.Array(PathSegmentRecord),
})
export type PathRecord = Static<typeof PathRecord>

/** There is none: what cut it off, and the least that would have to give. */
export const NoPathRecord = Type.Object({
  kind: Type.Literal('no-path'),
  ...between,
  /** No path even without a constraint. */
  disconnected: Type.Boolean(),
  /** How many links each constraint cut. */
  cut: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
  relaxations: Type.Array(
    Type.Object({ constraint: Type.String(), change: Type.String(), cost: Type.Number(), nodes: Type.Array(Name) }),
  ),
})
export type NoPathRecord = Static<typeof NoPathRecord>
