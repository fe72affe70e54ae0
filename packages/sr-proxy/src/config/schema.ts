import Type, { type Static } from 'typebox'
import { InterfaceName, Tables } from '../tables/schema.js'

const closed = { additionalProperties: false } as const
const Path = Type.String({ minLength: 1, maxLength: 4096 })
const Listen = Type.String({
  pattern: '^(\\[[0-9a-fA-F:.]+\\]|[^:\\s]+):[0-9]{1,5}$',
  description: 'host:port; an IPv6 address in brackets',
})

/** The configuration file of the daemon. */
export const Config = Type.Object(
  {
    runtime: Type.Optional(
      Type.Enum(['xdp', 'memory'], {
        description: 'memory: tables without a data plane and interfaces that need not exist, for trials; default xdp',
      }),
    ),
    network: Type.Optional(Type.Array(InterfaceName, { description: 'Interfaces where labelled packets come in' })),
    xdpMode: Type.Optional(
      Type.Enum(['auto', 'native', 'generic'], { description: 'auto: native where the driver can; default' }),
    ),
    unknownLabels: Type.Optional(
      Type.Enum(['drop', 'pass'], { description: 'Labels in no table: drop (default), or pass to the kernel' }),
    ),
    default: Type.Optional(Type.String({ description: 'Next hop of labels that are in no table' })),
    end: Type.Optional(
      Type.String({ description: 'Next hop of packets whose stack is used up; without it the kernel routes them' }),
    ),
    icmpPerSecond: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'Packet Too Big, per CPU; default 100' }),
    ),
    tables: Type.Optional(Tables),
    lingerS: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 3600,
        description: 'How long packets may still come back from an attachment that was taken out; seconds, default 10',
      }),
    ),
    holdS: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 300, description: 'How long DELAY holds a packet; seconds, default 5' }),
    ),
    api: Type.Optional(
      Type.Object(
        {
          socket: Type.Optional({ ...Path, description: 'Default /run/segchain/sr-proxy.sock; mode 0600' }),
          tls: Type.Optional(
            Type.Object(
              {
                listen: Listen,
                certFile: Path,
                keyFile: Path,
                caFile: { ...Path, description: 'Who signs the certificates of clients' },
                clients: Type.Array(Type.String({ minLength: 1 }), {
                  minItems: 1,
                  description: 'DNS names (subject alternative) of the clients that may write and read',
                }),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
    metrics: Type.Optional(
      Type.Object({ listen: Listen }, { ...closed, description: 'Prometheus over plain HTTP, reading only' }),
    ),
    pins: Type.Optional({ ...Path, description: 'Folder in a bpf file system; default /sys/fs/bpf/segchain' }),
    state: Type.Optional({ ...Path, description: 'Default /var/lib/segchain/sr-proxy.json' }),
    sizes: Type.Optional(
      Type.Object(
        {
          sessions: Type.Optional(
            Type.Integer({
              minimum: 1024,
              maximum: 16_777_216,
              description:
                'For each address family; default 1048576. A session takes about 0.4 kB of kernel memory, used or not',
            }),
          ),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'sr-proxy configuration' },
)
export type Config = Static<typeof Config>

export const defaults = {
  socket: '/run/segchain/sr-proxy.sock',
  pins: '/sys/fs/bpf/segchain',
  state: '/var/lib/segchain/sr-proxy.json',
  lingerS: 10,
  holdS: 5,
  icmpPerSecond: 100,
} as const
