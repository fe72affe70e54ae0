import Type, { type Static } from 'typebox'
import { closed, intentSchema, NodeReference, ResourceName } from './common.js'

const Instance = Type.Object(
  {
    name: ResourceName,
    node: NodeReference,
    attachment: Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'Where it hangs on the node: an interface for a VNF, a module of the pipeline for P4',
    }),
    weight: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 0xffff,
        description:
          'Share of the traffic of pinned chains, where every instance has one; otherwise only reported (balance)',
      }),
    ),
    capacity: Type.Optional(
      Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Flows that it can serve at a time' }),
    ),
  },
  closed,
)

export const ServiceIntent = intentSchema(
  'Service',
  'A micro-service; metadata.name is its hierarchical ServiceID',
  Type.Object(
    {
      type: Type.Enum(['vnf', 'p4', 'sr-aware'], {
        description: 'vnf: behind an SR proxy; p4: a module of a P4 switch; sr-aware: reads the label stack itself',
      }),
      instances: Type.Array(Instance, { minItems: 1 }),
      proxy: Type.Optional(
        Type.Object(
          {
            behavior: Type.Enum(['End.AS', 'End.AD', 'End.AM'], {
              description: 'End.AS: one stack for all that comes back; every chain must go on from here the same way',
            }),
            model: Type.Optional(
              Type.Enum(['pipe', 'uniform'], {
                description: 'How TTL and traffic class of labels go through the VNF (RFC 3443); default pipe',
              }),
            ),
          },
          { ...closed, description: 'Of a vnf (draft-ietf-spring-sr-service-programming §6); default End.AD' },
        ),
      ),
      index: Type.Optional(
        Type.Record(
          Type.String({ pattern: '^(0|1|12[89]|1[3-9][0-9]|2[0-4][0-9]|25[0-5])$' }),
          Type.Integer({ minimum: 0, maximum: 0xf_ffff }),
          {
            ...closed,
            description: 'SID index by algorithm, where it must be a certain one; otherwise it is allocated',
          },
        ),
      ),
    },
    closed,
  ),
)
export type ServiceIntent = Static<typeof ServiceIntent>
export type ServiceInstance = Static<typeof Instance>
