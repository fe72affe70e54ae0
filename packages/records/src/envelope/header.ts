import Type, { type Static } from 'typebox'
import { Digest, Name, Timestamp } from '../scalars.js'

/** The first record of every stream. A reader refuses another major version of the schema. */
export const Header = Type.Object({
  kind: Type.Literal('header'),
  /** Name and major version: `segchain.topology/1`. */
  schema: Type.String({ pattern: '^segchain[.][a-z-]+/[0-9]+$' }),
  tool: Name,
  version: Name,
  /** Where the data is from: peers, a file's name. */
  source: Type.Optional(Type.String()),
  time: Type.Optional(Timestamp),
  /** segchain.plan: the Git commit of the intents. */
  commit: Type.Optional(Type.String({ pattern: '^[0-9a-f]{40,64}$' })),
  /** segchain.plan: the work tree of the intents had changes that are not in the commit. */
  dirty: Type.Optional(Type.Boolean()),
  /** segchain.plan: digest of the intents and of the lock file. */
  intentsDigest: Type.Optional(Digest),
  /** segchain.plan: digest of the topology that it was computed from. */
  topologyDigest: Type.Optional(Digest),
})
export type Header = Static<typeof Header>
