import Type, { type Static } from 'typebox'
import { Id } from '../scalars.js'

/** Ends the initial dump: what came before is the whole state, what follows are changes. */
export const Sync = Type.Object({
  kind: Type.Literal('sync'),
  id: Id,
  reason: Type.Union([
    Type.Literal('end-of-rib'),
    /** Nothing came for a while, and the peer sends no End-of-RIB. */
    Type.Literal('quiet'),
    Type.Literal('end-of-input'),
  ]),
  source: Type.Optional(Type.String()),
})
export type Sync = Static<typeof Sync>
