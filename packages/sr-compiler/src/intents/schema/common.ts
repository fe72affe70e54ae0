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

export const DataPlaneIntent = Type.Enum(['mpls', 'srv6', 'auto'], {
  description: 'mpls (default), srv6, or auto: srv6 where every node of the chain can, otherwise mpls',
})
const Ipv6PrefixText = Type.String({
  pattern: '^[0-9a-fA-F:.]+/[0-9]{1,3}$',
  maxLength: 49,
  description: 'An IPv6 prefix: fcbb:bb00::/32',
})

/** How SRv6 SIDs are built, and what may be given out. */
export const Srv6NetworkIntent = Type.Object(
  {
    blocks: Type.Record(Type.String({ pattern: '^(0|12[89]|1[3-9][0-9]|2[0-4][0-9]|25[0-5])$' }), Ipv6PrefixText, {
      ...closed,
      description: 'Locator block by algorithm: {"0": fcbb:bb00::/32, "128": fcbb:bb01::/32}',
    }),
    nodeBits: Type.Optional(
      Type.Integer({ minimum: 8, maximum: 32, description: 'Of the locator node part; default 16' }),
    ),
    csid: Type.Optional(
      Type.Enum(['next', 'none'], {
        description: 'next (default): micro-SIDs, several in one carrier (RFC 9800 §4.1); none: SIDs of 128 bits',
      }),
    ),
    nodeIds: Type.Optional(
      Type.Object(
        {
          first: Type.Integer({ minimum: 1, maximum: 0xffff_ffff }),
          last: Type.Integer({ minimum: 1, maximum: 0xffff_ffff }),
        },
        { ...closed, description: 'Locator node parts that may be allocated; default 0x8000 to 0xdfff' },
      ),
    ),
    encapsulation: Type.Optional(
      Type.Enum(['H.Encaps', 'H.Encaps.Red'], { description: 'RFC 8986 §5; default H.Encaps.Red' }),
    ),
  },
  closed,
)

const Count = Type.Integer({ minimum: 0, maximum: 255 })
/** RFC 9352 §4. */
export const Srv6MsdIntent = Type.Object(
  { maxSegmentsLeft: Count, maxEndPop: Count, maxHEncaps: Count, maxEndD: Count },
  { ...closed, description: 'SRH entries that it can handle, when it advertises none of the MSDs of RFC 9352 §4' },
)
