import Type, { type Static } from 'typebox'
import { Id, Name } from '../scalars.js'

/** An input that could not be used, kept in the stream by `--on-error=tag`; also inside results. */
export const ErrorBody = Type.Object({
  code: Name,
  category: Type.Union([
    Type.Literal('usage'),
    Type.Literal('data'),
    Type.Literal('targets'),
    Type.Literal('connect'),
    Type.Literal('rejected'),
    Type.Literal('stale'),
    Type.Literal('internal'),
  ]),
  message: Type.String(),
  hint: Type.Optional(Type.String()),
  cause: Type.Optional(Type.String()),
  file: Type.Optional(Type.String()),
  line: Type.Optional(Type.Integer({ minimum: 1 })),
  column: Type.Optional(Type.Integer({ minimum: 1 })),
  offset: Type.Optional(Type.Integer({ minimum: 0 })),
  path: Type.Optional(Type.String()),
  device: Type.Optional(Type.String()),
})

export const ErrorRecord = Type.Object({
  kind: Type.Literal('error'),
  id: Id,
  error: ErrorBody,
  /** The input as it came, cut at 4,096 characters. */
  input: Type.Optional(Type.String()),
})
export type ErrorRecord = Static<typeof ErrorRecord>
