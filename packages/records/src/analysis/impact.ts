import Type, { type Static } from 'typebox'
import { Id } from '../scalars.js'

/** What an event does to a policy, once the network has converged and before anything is compiled again. */
export const ImpactRecord = Type.Object({
  kind: Type.Literal('impact'),
  id: Id,
  /** `link r2-r3 down`, `metric r1-r2 = 100`. */
  event: Type.String(),
  /** The id of the sr-policy. */
  policy: Id,
  status: Type.Union([
    Type.Literal('unchanged'),
    /** Another way, as long as before. */
    Type.Literal('moved'),
    Type.Literal('slower'),
    Type.Literal('faster'),
    /** A branch loses packets, or does not visit the services in order. */
    Type.Literal('broken'),
  ]),
  why: Type.Optional(Type.String()),
  nodesBefore: Type.Array(Type.String()),
  nodesAfter: Type.Array(Type.String()),
  delayUsBefore: Type.Optional(Type.Integer({ minimum: 0 })),
  delayUsAfter: Type.Optional(Type.Integer({ minimum: 0 })),
})
export type ImpactRecord = Static<typeof ImpactRecord>
