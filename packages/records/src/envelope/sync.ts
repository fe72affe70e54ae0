import Type, { type Static } from 'typebox'
import { Digest, Id } from '../scalars.js'

/**
 * Ends the initial dump: what came before is the whole state, what follows are changes. A plan that follows a
 * network has one after each change too: only then its elements belong together.
 */
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
  /** segchain.plan: digest of its elements now, in the order of application. */
  digest: Type.Optional(Digest),
  /** segchain.plan: digest of the topology that they were computed from. */
  topologyDigest: Type.Optional(Digest),
  /** segchain.plan: digest of the intents and of the lock file. */
  intentsDigest: Type.Optional(Digest),
})
export type Sync = Static<typeof Sync>
