import Type, { type Static } from 'typebox'
import { closed, FlexAlgorithm, intentSchema, NodeReference } from './common.js'

const AffinityNames = Type.Array(Type.String({ minLength: 1 }), { uniqueItems: true })

export const FlexAlgoIntent = intentSchema(
  'FlexAlgo',
  'A Flex-Algo: a metric and constraints that the IGP computes paths by (RFC 9350)',
  Type.Object(
    {
      algorithm: FlexAlgorithm,
      metric: Type.Union(
        [
          Type.Enum(['igp', 'min-delay', 'te']),
          Type.Object(
            {
              userDefined: Type.Integer({
                minimum: 128,
                maximum: 255,
                description:
                  'Metric-type; links have it as a generic metric (RFC 9843), and those without are not used',
              }),
            },
            closed,
          ),
        ],
        { description: 'igp, min-delay, te, or { userDefined: 128 to 255 }' },
      ),
      affinities: Type.Optional(
        Type.Object(
          {
            includeAny: Type.Optional(AffinityNames),
            includeAll: Type.Optional(AffinityNames),
            excludeAny: Type.Optional(AffinityNames),
          },
          closed,
        ),
      ),
      excludeSrlgs: Type.Optional(
        Type.Array(Type.Integer({ minimum: 0, maximum: 0xffff_ffff }), { uniqueItems: true }),
      ),
      priority: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 255, description: 'Of the definition; default 128' }),
      ),
      prefixMetric: Type.Optional(Type.Boolean({ description: 'The M-flag (RFC 9350 §6.4); default false' })),
      nodes: Type.Optional(
        Type.Array(NodeReference, {
          minItems: 1,
          uniqueItems: true,
          description: 'Who takes part; default: every Device',
        }),
      ),
      advertise: Type.Optional(
        Type.Array(NodeReference, {
          minItems: 1,
          uniqueItems: true,
          description: 'Who advertises the definition; default: everybody who takes part',
        }),
      ),
    },
    closed,
  ),
)
export type FlexAlgoIntent = Static<typeof FlexAlgoIntent>
