import Type, { type Static } from 'typebox'
import { closed, intentSchema, LabelIntent, NodeReference, ResourceName } from './common.js'

const Prefix = Type.String({
  pattern: '^[0-9a-f:.]+/[0-9]{1,3}$',
  maxLength: 49,
  description: 'A prefix, in lower case: 192.0.2.0/24 or 2001:db8::/32',
})
const Port = Type.Integer({ minimum: 0, maximum: 0xffff })

export const SteeringIntent = intentSchema(
  'Steering',
  'Which traffic a headend puts into which chain, and where that ends',
  Type.Object(
    {
      headend: NodeReference,
      endpoint: NodeReference,
      color: Type.Integer({ minimum: 1, maximum: 0xffff_ffff, description: 'Of the SR Policy (RFC 9256 §2.1)' }),
      chain: ResourceName,
      preference: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffff_ffff, description: 'Default 100' })),
      bindingSid: Type.Optional(LabelIntent),
      demand: Type.Optional(
        Type.Object(
          {
            flows: Type.Optional(
              Type.Integer({
                minimum: 1,
                maximum: Number.MAX_SAFE_INTEGER,
                description: 'At a time; against the capacity of instances',
              }),
            ),
            bandwidthBytesPerSec: Type.Optional(
              Type.Integer({
                minimum: 1,
                maximum: Number.MAX_SAFE_INTEGER,
                description: 'Against what links have left',
              }),
            ),
          },
          { ...closed, minProperties: 1, description: 'How much traffic it is, where capacity is to be kept' },
        ),
      ),
      match: Type.Object(
        {
          source: Type.Optional(Prefix),
          destination: Type.Optional(Prefix),
          protocol: Type.Optional(
            Type.Union([Type.Enum(['udp', 'tcp', 'icmp', 'sctp']), Type.Integer({ minimum: 0, maximum: 255 })]),
          ),
          sourcePort: Type.Optional(Port),
          destinationPort: Type.Optional(Port),
          dscp: Type.Optional(Type.Integer({ minimum: 0, maximum: 63 })),
          verdict: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
        },
        { ...closed, minProperties: 1, description: 'Every field that is there must match' },
      ),
    },
    closed,
  ),
)
export type SteeringIntent = Static<typeof SteeringIntent>
