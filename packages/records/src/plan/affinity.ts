import Type, { type Static } from 'typebox'

/** A name and a bit of the (extended) administrative group (RFC 7308): an entry of an affinity map. */
export const Affinity = Type.Object({
  name: Type.String(),
  /** Bit position, 0 the least significant of the first word. */
  bit: Type.Integer({ minimum: 0, maximum: 0xffff }),
})
export type Affinity = Static<typeof Affinity>
