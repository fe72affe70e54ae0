import Type, { type TSchema } from 'typebox'

export const closed = { additionalProperties: false } as const

/** Lower-case words, dots, dashes and slashes: `orange/cg/classify`. */
export const ResourceName = Type.String({
  pattern: '^[a-z0-9]([a-z0-9._/-]*[a-z0-9])?$',
  maxLength: 128,
  description: 'Lower-case letters, digits, dots, dashes and slashes',
})

/** A node of the topology: its host name, system-id or router-id. */
export const NodeReference = Type.String({
  minLength: 1,
  maxLength: 255,
  description: 'A node of the topology, by host name, IS-IS system-id or router-id',
})

export const FlexAlgorithm = Type.Integer({ minimum: 128, maximum: 255, description: 'A Flex-Algo (RFC 9350 §4)' })
export const LabelIntent = Type.Integer({ minimum: 16, maximum: 0xf_ffff })
export const TiLfaIntent = Type.Enum(['link', 'node', 'off'], {
  description: 'Repairs against the failure of the link, or of the node behind it where that is possible (RFC 9855)',
})
export const LabelRangeIntent = Type.Object(
  {
    first: Type.Integer({ minimum: 16, maximum: 0xf_ffff }),
    size: Type.Integer({ minimum: 1, maximum: 0x10_0000 }),
  },
  closed,
)

/** The frame that every kind of intent shares. */
export function intentSchema<K extends string, S extends TSchema>(kind: K, description: string, spec: S) {
  return Type.Object(
    {
      apiVersion: Type.Literal('segchain/v1'),
      kind: Type.Literal(kind),
      metadata: Type.Object(
        { name: ResourceName, description: Type.Optional(Type.String({ maxLength: 1000 })) },
        closed,
      ),
      spec,
    },
    { ...closed, title: kind, description },
  )
}
