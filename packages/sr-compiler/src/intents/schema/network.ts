import Type, { type Static } from 'typebox'
import { closed, DataPlaneIntent, intentSchema, LabelRangeIntent, Srv6NetworkIntent, TiLfaIntent } from './common.js'

/** What is true of the whole network: pools to allocate from, and names of affinities. One per repository. */
export const NetworkIntent = intentSchema(
  'Network',
  'What is true of the whole network: the pools that SIDs and loopbacks come from, and the names of affinities',
  Type.Object(
    {
      igp: Type.Optional(
        Type.Object(
          {
            protocol: Type.Enum(['isis-l1', 'isis-l2', 'ospfv2', 'ospfv3']),
            instanceId: Type.Optional(Type.String({ pattern: '^(0|[1-9][0-9]{0,19})$' })),
            areaId: Type.Optional(Type.String({ pattern: '^[0-9]{1,3}([.][0-9]{1,3}){3}$' })),
            multiTopologyId: Type.Optional(Type.Integer({ minimum: 0, maximum: 4095 })),
          },
          { ...closed, description: 'Which IGP instance of the topology, where it has several' },
        ),
      ),
      srgb: Type.Optional(
        Type.Array(LabelRangeIntent, {
          minItems: 1,
          description: 'For nodes that advertise none; default 16000-23999',
        }),
      ),
      srlb: Type.Optional(
        Type.Array(LabelRangeIntent, {
          minItems: 1,
          description: 'For nodes that advertise none; default: they keep what they have',
        }),
      ),
      tiLfa: Type.Optional(TiLfaIntent),
      dataPlane: Type.Optional(DataPlaneIntent),
      srv6: Type.Optional(Srv6NetworkIntent),
      sidIndexes: Type.Optional(
        Type.Object(
          {
            first: Type.Integer({ minimum: 0, maximum: 0xf_ffff }),
            last: Type.Integer({ minimum: 0, maximum: 0xf_ffff }),
          },
          { ...closed, description: 'SID indexes that may be allocated; default 1000 to 4999' },
        ),
      ),
      loopbacks: Type.Optional(
        Type.String({
          pattern: '^[0-9a-f:.]+/[0-9]{1,3}$',
          maxLength: 49,
          description:
            'Prefix that loopback addresses of SIDs are allocated from: of IPv4, or of IPv6 where the IGP has no IPv4',
        }),
      ),
      affinities: Type.Optional(
        Type.Record(Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }), Type.Integer({ minimum: 0, maximum: 255 }), {
          ...closed,
          description: 'Names of the bits of the (extended) administrative group (RFC 7308)',
        }),
      ),
      msd: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 255,
          description: 'Labels that a node can push when it advertises no MSD',
        }),
      ),
    },
    closed,
  ),
)
export type NetworkIntent = Static<typeof NetworkIntent>
