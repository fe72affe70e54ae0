import Type, { type Static } from 'typebox'
import { Affinity } from './affinity.js'
import { elementFields } from './element.js'
import { InterfaceName } from './interface-name.js'

/** What the device advertises about a link of its own, for Flex-Algo to compute by (RFC 9350 §12). */
export const LinkAttributesElement = Type.Object({
  kind: Type.Literal('link-attributes'),
  ...elementFields,
  interface: InterfaceName,
  /** Minimum and average one-way delay, microseconds (RFC 8570 §4.2: 24 bits). */
  delayUs: Type.Optional(Type.Integer({ minimum: 1, maximum: 0xff_ffff })),
  affinities: Type.Optional(Type.Array(Affinity, { minItems: 1 })),
})
export type LinkAttributesElement = Static<typeof LinkAttributesElement>
