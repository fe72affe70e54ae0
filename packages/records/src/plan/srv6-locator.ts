import Type, { type Static } from 'typebox'
import { Algorithm, IpPrefix } from '../scalars.js'
import { Srv6SidStructure } from '../topology/sid.js'
import { elementFields } from './element.js'

/** A locator that the device must have and advertise in the IGP (RFC 9352 §7.1, RFC 9513 §7.1). */
export const Srv6LocatorElement = Type.Object({
  kind: Type.Literal('srv6-locator'),
  ...elementFields,
  prefix: IpPrefix,
  algorithm: Algorithm,
  /** Of the SIDs in it (RFC 9800 §4): `next` for micro-SIDs, `none` for SIDs of 128 bits. */
  csid: Type.Union([Type.Literal('next'), Type.Literal('none')]),
  structure: Srv6SidStructure,
  /** Several nodes have it: the A-flag (RFC 9352 §6). */
  anycast: Type.Boolean(),
  /** The service that it stands for; absent for a node's own. */
  service: Type.Optional(Type.String()),
})
export type Srv6LocatorElement = Static<typeof Srv6LocatorElement>
