import Type, { type Static } from 'typebox'
import { LabelRange } from '../topology/sid.js'
import { elementFields } from './element.js'

/** The IGP that carries the SIDs. */
export const PlanIgp = Type.Object({
  protocol: Type.Union([
    Type.Literal('isis-l1'),
    Type.Literal('isis-l2'),
    Type.Literal('ospfv2'),
    Type.Literal('ospfv3'),
  ]),
  /** OSPF area, dotted. */
  areaId: Type.Optional(Type.String({ pattern: '^[0-9]{1,3}([.][0-9]{1,3}){3}$' })),
})
export type PlanIgp = Static<typeof PlanIgp>

/** Segment routing is on, with these label blocks. */
export const SegmentRoutingElement = Type.Object({
  kind: Type.Literal('segment-routing'),
  ...elementFields,
  srgb: Type.Array(LabelRange, { minItems: 1 }),
  srlb: Type.Optional(Type.Array(LabelRange)),
  /** Of all elements of this device; absent: IS-IS level 2. */
  igp: Type.Optional(PlanIgp),
})
export type SegmentRoutingElement = Static<typeof SegmentRoutingElement>
