import Type, { type Static } from 'typebox'
import { Id, IpAddress, Label, Name } from '../scalars.js'

/** Why traffic of a Steering takes the way that it takes; or why there is none, and what would give one. */
export const ExplanationRecord = Type.Object({
  kind: Type.Literal('explanation'),
  id: Id,
  steering: Name,
  chain: Name,
  headend: Name,
  endpoint: Name,
  found: Type.Boolean(),
  /** The stack, top first, a reason for each label. */
  labels: Type.Array(Type.Object({ label: Label, reason: Type.String() })),
  /** On the SRv6 data plane, instead of labels: the segments, the first one first. */
  sids: Type.Optional(Type.Array(Type.Object({ sid: IpAddress, behavior: Name, reason: Type.String() }))),
  cost: Type.Optional(Type.Number({ minimum: 0 })),
  delayUs: Type.Optional(Type.Integer({ minimum: 0 })),
  rejected: Type.Array(Type.Object({ what: Type.String(), why: Type.String() })),
  /** What is wrong, when there is no way. */
  problems: Type.Array(Type.String()),
  /** The fewest changes of the intents that would give a way (several of one entry are made together), the cheapest first. */
  relaxations: Type.Array(
    Type.Object({
      change: Type.String(),
      file: Type.String(),
      line: Type.Integer({ minimum: 1 }),
      cost: Type.Number(),
    }),
  ),
})
export type ExplanationRecord = Static<typeof ExplanationRecord>
