import Type, { type Static } from 'typebox'
import { Algorithm, Id, Name } from '../scalars.js'

/** How much of the traffic to an anycast SID each of its members gets. */
export const AnycastShareRecord = Type.Object({
  kind: Type.Literal('anycast-share'),
  id: Id,
  service: Name,
  algorithm: Algorithm,
  members: Type.Array(
    Type.Object({
      instance: Name,
      node: Name,
      /** Of all the traffic of the chains' headends, each counted by its demand; 0 to 1. */
      share: Type.Number({ minimum: 0, maximum: 1 }),
      /** What its weight (or else its capacity) asks for; 0 to 1. */
      expected: Type.Number({ minimum: 0, maximum: 1 }),
      /** Flows at a time: the demand that arrives, and what the instance can serve. */
      demand: Type.Optional(Type.Number({ minimum: 0 })),
      capacity: Type.Optional(Type.Number({ minimum: 0 })),
      /** Headends, by the share of their traffic that comes here. */
      ingresses: Type.Array(Type.Object({ node: Name, share: Type.Number({ minimum: 0, maximum: 1 }) })),
    }),
  ),
  /** The largest of share / expected over the members; 1 is even. */
  imbalance: Type.Number({ minimum: 0 }),
})
export type AnycastShareRecord = Static<typeof AnycastShareRecord>
