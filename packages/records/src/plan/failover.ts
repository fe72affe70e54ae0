import Type, { type Static } from 'typebox'
import { Id, Name } from '../scalars.js'
import { IntentReference } from './element.js'

/** Which instances of a service packets visit; several where equal-cost branches share. */
export const ServedBy = Type.Object({
  service: Name,
  /** Topology ids of the nodes that the instances are on. */
  nodes: Type.Array(Id),
})
export type ServedBy = Static<typeof ServedBy>

/** One failure, and what the packets of the chain do once every router has converged. */
export const FailoverCase = Type.Object({
  /** For people: `link r1-r2 down`. */
  failure: Name,
  /** Topology id of the link (of one direction), or of the node. Of an instance: the node that it is on. */
  down: Id,
  what: Type.Union([Type.Literal('link'), Type.Literal('node'), Type.Literal('instance')]),
  outcome: Type.Union([
    /** Every branch visits the services in order and ends at the endpoint. */
    Type.Literal('in-order'),
    /** As `in-order`, and beyond the chain's bound on delay. */
    Type.Literal('late'),
    /** A way in order is left, and the packets do not take it. */
    Type.Literal('broken'),
    /** No way in order is left. */
    Type.Literal('cut-off'),
  ]),
  /** Services that other instances do now, in the order of the chain; absent where all stay. */
  takeOver: Type.Optional(Type.Array(ServedBy, { minItems: 1 })),
  /** Worst branch, where every link tells its delay; microseconds. */
  delayUs: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Of every outcome but `in-order`. */
  why: Type.Optional(Type.String()),
})
export type FailoverCase = Static<typeof FailoverCase>

/**
 * What single failures do to an anycast chain of a Steering: of each link, router and instance on one of its
 * equal-cost branches. Not to be applied: it says what the plan is worth.
 */
export const FailoverRecord = Type.Object({
  kind: Type.Literal('failover'),
  /** `failover:` and the name of the Steering. */
  id: Id,
  steering: Name,
  chain: Name,
  /** The id of the `sr-policy` or `srv6-policy` that the chain is a candidate path of. */
  policy: Id,
  /** Without a failure, in the order of the chain. */
  services: Type.Array(ServedBy),
  cases: Type.Array(FailoverCase),
  intents: Type.Array(IntentReference),
})
export type FailoverRecord = Static<typeof FailoverRecord>
