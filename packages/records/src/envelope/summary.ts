import Type, { type Static } from 'typebox'
import { Digest, Name } from '../scalars.js'

/** Ends a finite stream and repeats the outcome, so that nobody must read `$?`. */
export const Summary = Type.Object({
  kind: Type.Literal('summary'),
  id: Type.Literal('summary'),
  outcome: Type.Union([
    Type.Literal('ok'),
    /** A difference, of `diff`, `drift`, `verify`. */
    Type.Literal('different'),
    Type.Literal('failed'),
    Type.Literal('interrupted'),
  ]),
  exitCode: Type.Integer({ minimum: 0, maximum: 255 }),
  /** How many of what: `{ "node": 6, "link": 14 }`. */
  counts: Type.Record(Name, Type.Integer({ minimum: 0 })),
  /** segchain.plan: digest of its elements, in the order of application. */
  digest: Type.Optional(Digest),
})
export type Summary = Static<typeof Summary>
