import { InterfaceName } from '@segchain/records'
import Type, { type Static } from 'typebox'
import { closed, intentSchema, LabelIntent, NodeReference, Srv6MsdIntent, TiLfaIntent } from './common.js'

const Link = Type.Object(
  {
    interface: InterfaceName,
    delayUs: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 0xff_ffff, description: 'One-way delay to advertise, microseconds' }),
    ),
    affinities: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), { uniqueItems: true, description: 'Names of the Network intent' }),
    ),
    adjacencySid: Type.Optional(
      Type.Object(
        {
          label: LabelIntent,
          neighbor: Type.Optional(
            Type.String({ pattern: '^[0-9a-f:.]+$', maxLength: 45, description: 'Its address on the link' }),
          ),
          protected: Type.Optional(Type.Boolean({ description: 'Default false' })),
        },
        { ...closed, description: 'A label of the SRLB' },
      ),
    ),
    tiLfa: Type.Optional(TiLfaIntent),
  },
  closed,
)

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
      lastHopBehavior: Type.Optional(
        Type.Enum(['php', 'no-php'], {
          description:
            'Whether its neighbours pop the labels of its node-SIDs. Default: no-php; php with dialect junos, which has no word for the other',
        }),
      ),
      pathspace: Type.Optional(
        Type.String({ pattern: '^[A-Za-z0-9_.-]{1,64}$', description: 'FRR that was started with -N: its name' }),
      ),
      proxy: Type.Optional(
        Type.Object(
          {
            socket: Type.Optional(Type.String({ minLength: 1, description: 'A Unix socket, of a proxy on this host' })),
            address: Type.Optional(Type.String({ minLength: 1, description: 'host:port, with mutual TLS' })),
            certFile: Type.Optional(Type.String({ minLength: 1 })),
            keyFile: Type.Optional(Type.String({ minLength: 1 })),
            caFile: Type.Optional(Type.String({ minLength: 1, description: 'Who signs the certificate of the proxy' })),
            serverName: Type.Optional(
              Type.String({ minLength: 1, description: 'The name in its certificate, when that is not the host' }),
            ),
          },
          { ...closed, description: 'How proxy-push reaches the SR proxy of this node' },
        ),
      ),
      msd: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 255, description: 'Labels that it can push, when it advertises no MSD' }),
      ),
      srv6: Type.Optional(
        Type.Boolean({
          description:
            'It speaks SRv6, though it advertises nothing of it yet; false: never. Default: what it advertises',
        }),
      ),
      srv6Msd: Type.Optional(Srv6MsdIntent),
      links: Type.Optional(
        Type.Array(Link, {
          description: 'What its interfaces in the IGP have; interfaces that are not here stay as they are',
        }),
      ),
      policies: Type.Optional(
        Type.Enum(['config', 'pcep', 'elsewhere'], {
          description: 'How SR Policies come to it: as configuration (default), from a PCE, or by other means',
        }),
      ),
    },
    closed,
  ),
)
export type DeviceIntent = Static<typeof DeviceIntent>
