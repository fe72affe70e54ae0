import Type, { type Static } from 'typebox'
import { Id, Name } from '../scalars.js'

/** One thing on a device that a push changes, would change, or found different. */
export const ChangeRecord = Type.Object({
  kind: Type.Literal('change'),
  id: Id,
  device: Name,
  operation: Type.Union([Type.Literal('create'), Type.Literal('replace'), Type.Literal('delete')]),
  /** Where in the device's configuration, in the device's own words (an instance-identifier). */
  path: Type.String(),
  before: Type.Optional(Type.String()),
  after: Type.Optional(Type.String()),
  /** The id of the plan element that wants it. */
  element: Type.Optional(Id),
})
export type ChangeRecord = Static<typeof ChangeRecord>
