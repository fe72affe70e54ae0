import Type, { type Static } from 'typebox'
import { Algorithm, IpPrefix, Label, U32 } from '../scalars.js'
import { elementFields } from './element.js'

/** A prefix-SID that the device must advertise. */
export const PrefixSidElement = Type.Object({
  kind: Type.Literal('prefix-sid'),
  ...elementFields,
  /** A host prefix on a loopback of the device. */
  prefix: IpPrefix,
  algorithm: Algorithm,
  /** Index into the SRGB. */
  index: U32,
  /** The label that the index means in this device's SRGB. */
  label: Label,
  lastHopBehavior: Type.Union([Type.Literal('php'), Type.Literal('no-php'), Type.Literal('explicit-null')]),
  /** The N-flag: the prefix identifies this one node. Clear for anycast (RFC 8667 §2.1.1). */
  nodeFlag: Type.Boolean(),
  anycast: Type.Boolean(),
  /** The service that the SID stands for. */
  service: Type.Optional(Type.String()),
})
export type PrefixSidElement = Static<typeof PrefixSidElement>
