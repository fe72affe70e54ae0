import Type, { type Static } from 'typebox'
import { IpPrefix } from '../scalars.js'
import { elementFields } from './element.js'

/** A host address that the device must have on a loopback and advertise in the IGP. */
export const LoopbackElement = Type.Object({
  kind: Type.Literal('loopback'),
  ...elementFields,
  prefix: IpPrefix,
  /** Which loopback, in order of allocation from 1; the dialect makes the interface's name of it. */
  number: Type.Integer({ minimum: 1 }),
  service: Type.Optional(Type.String()),
})
export type LoopbackElement = Static<typeof LoopbackElement>
