import Type, { type Static } from 'typebox'
import { closed, intentSchema, NodeReference } from './common.js'

export const DeviceIntent = intentSchema(
  'Device',
  'How a node is reached and spoken to. Secrets stay outside: a reference says where they are',
  Type.Object(
    {
      node: Type.Optional(NodeReference),
      address: Type.Optional(Type.String({ minLength: 1, maxLength: 255, description: 'Of the management interface' })),
      port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65535 })),
      dialect: Type.Optional(Type.String({ pattern: '^[a-z0-9-]{1,64}$', description: 'ietf, frr, …' })),
      user: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
      keyFile: Type.Optional(
        Type.String({ minLength: 1, description: 'A path, ~ allowed; the SSH agent comes first' }),
      ),
      passwordFile: Type.Optional(Type.String({ minLength: 1, description: 'A path; never the password itself' })),
      jumpHost: Type.Optional(Type.String({ minLength: 1, description: 'Another Device to go through' })),
      igpInstance: Type.Optional(
        Type.String({ minLength: 1, maxLength: 255, description: 'Name of the IGP instance in its configuration' }),
      ),
      pathspace: Type.Optional(
        Type.String({ pattern: '^[A-Za-z0-9_.-]{1,64}$', description: 'FRR that was started with -N: its name' }),
      ),
      msd: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 255, description: 'Labels that it can push, when it advertises no MSD' }),
      ),
    },
    closed,
  ),
)
export type DeviceIntent = Static<typeof DeviceIntent>
