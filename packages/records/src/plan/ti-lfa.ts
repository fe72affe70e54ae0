import Type, { type Static } from 'typebox'
import { elementFields } from './element.js'
import { InterfaceName } from './interface-name.js'

/** The device protects what it sends over this interface with TI-LFA (RFC 9855). */
export const TiLfaElement = Type.Object({
  kind: Type.Literal('ti-lfa'),
  ...elementFields,
  interface: InterfaceName,
  /** Against the failure of the link, or of the node behind it where that is possible. */
  protects: Type.Union([Type.Literal('link'), Type.Literal('node')]),
})
export type TiLfaElement = Static<typeof TiLfaElement>
