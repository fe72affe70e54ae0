import Type, { type Static } from 'typebox'
import { LabelRange } from '../topology/sid.js'
import { elementFields } from './element.js'

/** Segment routing is on, with these label blocks. */
export const SegmentRoutingElement = Type.Object({
  kind: Type.Literal('segment-routing'),
  ...elementFields,
  srgb: Type.Array(LabelRange, { minItems: 1 }),
  srlb: Type.Optional(Type.Array(LabelRange)),
})
export type SegmentRoutingElement = Static<typeof SegmentRoutingElement>
