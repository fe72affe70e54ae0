import Type, { type Static } from 'typebox'
import { closed, DataPlaneIntent, intentSchema, ResourceName } from './common.js'

const Step = Type.Union([
  ResourceName,
  Type.Object({ service: ResourceName, optional: Type.Optional(Type.Boolean()) }, closed),
  Type.Object(
    {
      anyOf: Type.Array(ResourceName, { minItems: 1, uniqueItems: true }),
      optional: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
])

export const ChainIntent = intentSchema(
  'Chain',
  'Services in the order in which packets visit them',
  Type.Object(
    {
      services: Type.Array(Step, {
        minItems: 1,
        maxItems: 32,
        description: 'A name; or {service, optional}; or {anyOf: [...], optional}: the one with the cheapest path',
      }),
      algorithm: Type.Optional(
        Type.Union([Type.Literal(0), Type.Integer({ minimum: 128, maximum: 255 })], {
          description: 'Of the SIDs in the stack: 0 (the default), or a Flex-Algo, 128 to 255',
        }),
      ),
      mode: Type.Optional(
        Type.Enum(['anycast', 'pinned'], {
          description:
            'anycast (default): the IGP takes the nearest instance; pinned: the compiler chooses instances together',
        }),
      ),
      dataPlane: Type.Optional(DataPlaneIntent),
      disjointFrom: Type.Optional(
        Type.Array(ResourceName, {
          minItems: 1,
          maxItems: 16,
          uniqueItems: true,
          description: 'Chains that it shares nothing with; one of the two has to say it',
        }),
      ),
      disjointness: Type.Optional(
        Type.Enum(['link', 'node', 'srlg'], {
          description: 'What is not shared: links (default), also nodes between the ends, or also SRLGs',
        }),
      ),
      bounds: Type.Optional(
        Type.Object(
          {
            delayUs: Type.Optional(
              Type.Integer({
                minimum: 1,
                maximum: Number.MAX_SAFE_INTEGER,
                description: 'Of the links on the worst shortest path, in microseconds',
              }),
            ),
            labels: Type.Optional(Type.Integer({ minimum: 1, maximum: 255, description: 'Of the stack' })),
            sids: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 255, description: 'SRv6: 128-bit entries that the headend writes' }),
            ),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
)
export type ChainIntent = Static<typeof ChainIntent>
export type ChainStep = Static<typeof Step>
