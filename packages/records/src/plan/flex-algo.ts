import Type, { type Static } from 'typebox'
import { U8, U32 } from '../scalars.js'
import { Affinity } from './affinity.js'
import { elementFields } from './element.js'

/** What a node that advertises the algorithm's definition says (RFC 9350 §5.1). */
export const FlexAlgoDefinitionIntent = Type.Object({
  metricType: U8,
  calculationType: Type.Literal(0),
  priority: U8,
  excludeAny: Type.Array(Affinity),
  includeAny: Type.Array(Affinity),
  includeAll: Type.Array(Affinity),
  excludeSrlgs: Type.Array(U32),
  prefixMetric: Type.Boolean(),
})
export type FlexAlgoDefinitionIntent = Static<typeof FlexAlgoDefinitionIntent>

/** The device takes part in the algorithm; with `definition`, it advertises the FAD too. */
export const FlexAlgoElement = Type.Object({
  kind: Type.Literal('flex-algo'),
  ...elementFields,
  algorithm: Type.Integer({ minimum: 128, maximum: 255 }),
  definition: Type.Optional(FlexAlgoDefinitionIntent),
})
export type FlexAlgoElement = Static<typeof FlexAlgoElement>
