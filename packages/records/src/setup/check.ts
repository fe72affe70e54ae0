import Type, { type Static } from 'typebox'
import { Id, Name } from '../scalars.js'

/** What a tool needs of the machine it runs on, and whether that is there. */
export const CheckRecord = Type.Object({
  kind: Type.Literal('check'),
  /** `bpf-file-system`. */
  id: Id,
  outcome: Type.Union([
    Type.Literal('ok'),
    /** It was looked for, and is not there. */
    Type.Literal('missing'),
    /** Nobody knows: the look itself failed. */
    Type.Literal('untested'),
  ]),
  /** What is looked for, for people. */
  what: Name,
  /** What was found instead, or of which kind it is. */
  detail: Type.Optional(Type.String()),
  /** What to do. */
  hint: Type.Optional(Type.String()),
})
export type CheckRecord = Static<typeof CheckRecord>
