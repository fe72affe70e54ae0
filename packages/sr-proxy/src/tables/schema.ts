import Type, { type Static } from 'typebox'

const closed = { additionalProperties: false } as const

const Name = Type.String({ pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$', maxLength: 64 })
const Label = Type.Integer({ minimum: 0, maximum: 0xf_ffff })
const Labels = Type.Array(Label, { maxItems: 16, description: 'Top of the stack first' })
export const InterfaceName = Type.String({ pattern: '^[^/\\s]{1,15}$', description: 'An interface of this host' })
const MacAddress = Type.String({ pattern: '^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$', description: '02:00:00:00:00:01' })
const Vlan = Type.Integer({ minimum: 1, maximum: 4094, description: 'VLAN id of an 802.1Q tag' })
const Mtu = Type.Integer({
  minimum: 68,
  maximum: 65535,
  description: 'Longest frame without Ethernet header and VLAN tag, labels counted, in bytes; default: the interface’s',
})
/** A ServiceID: `orange/cg/classify`; at most 8 components. */
export const ServiceId = Type.String({
  pattern: '^[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*){0,7}$',
  maxLength: 128,
  description: 'Lower-case words with slashes, at most 8: orange/cg/classify',
})

/** Where a VNF is. It knows nothing of segment routing. */
export const Attachment = Type.Union([
  Type.Object(
    {
      interface: InterfaceName,
      mac: MacAddress,
      return: Type.Optional({ ...InterfaceName, description: 'Where its packets come back; default: the same' }),
      vlan: Type.Optional(Vlan),
      mtu: Type.Optional(Mtu),
      rewrites: Type.Optional(
        Type.Boolean({
          description: 'It changes addresses or ports (NAT): the interface tells the chain, only one may use it',
        }),
      ),
      passOthers: Type.Optional(
        Type.Boolean({
          description: 'What belongs to no session goes to the host (the VNF’s own traffic); default: dropped',
        }),
      ),
    },
    closed,
  ),
  Type.Object(
    {
      host: Type.Literal(true, { description: 'A program of this host with a socket: packets go to the kernel' }),
      return: Type.Optional({
        ...InterfaceName,
        description: 'A veth: the host routes what the program sends into its other end, and the chain goes on here',
      }),
    },
    closed,
  ),
])
export type Attachment = Static<typeof Attachment>

export const NextHop = Type.Object(
  { interface: InterfaceName, mac: MacAddress, vlan: Type.Optional(Vlan), mtu: Type.Optional(Mtu) },
  closed,
)
export type NextHop = Static<typeof NextHop>

const model = Type.Optional(
  Type.Enum(['pipe', 'uniform'], { description: 'How TTL and traffic class go through (RFC 3443); default pipe' }),
)
const reverse = Type.Optional({ ...Labels, description: 'For what the VNF answers itself (resets, ICMP)' })

export const LabelEntry = Type.Union([
  Type.Object(
    {
      label: Label,
      action: Type.Literal('dynamic', { description: 'End.AD: the rest of the stack is kept for the session' }),
      vnf: Name,
      model,
      reverse,
      service: Type.Optional(Type.String({ maxLength: 255 })),
    },
    closed,
  ),
  Type.Object(
    {
      label: Label,
      action: Type.Literal('static', { description: 'End.AS: `stack` replaces what comes in' }),
      vnf: Name,
      model,
      stack: Labels,
      service: Type.Optional(Type.String({ maxLength: 255 })),
    },
    closed,
  ),
  Type.Object({ label: Label, action: Type.Literal('service'), service: ServiceId, model }, closed),
  Type.Object({ label: Label, action: Type.Literal('firewall'), set: Name, model }, closed),
  Type.Object({ label: Label, action: Type.Literal('mirror'), mirror: Name, model }, closed),
  Type.Object(
    {
      label: Label,
      action: Type.Literal('forward'),
      nextHop: Name,
      out: Type.Union([Label, Type.Literal('keep'), Type.Literal('pop')]),
      model,
    },
    closed,
  ),
  Type.Object({ label: Label, action: Type.Literal('pop'), model }, closed),
  Type.Object({ label: Label, action: Type.Literal('drop') }, closed),
])
export type LabelEntry = Static<typeof LabelEntry>

const state = Type.Optional(
  Type.Enum(['active', 'draining'], { description: 'A draining instance keeps its sessions and gets no new ones' }),
)
const weight = Type.Optional(Type.Integer({ minimum: 1, maximum: 65535 }))
export const Instance = Type.Union([
  Type.Object({ name: Name, vnf: Name, weight, state, reverse }, closed),
  Type.Object({ name: Name, nextHop: Name, stack: Type.Optional(Labels), weight, state }, closed),
])
export type Instance = Static<typeof Instance>

const service = Type.Union([ServiceId, Type.Literal('', { description: 'The default' })])
export const ServiceEntry = Type.Union([
  Type.Object(
    { service, action: Type.Literal('forward'), instances: Type.Array(Instance, { maxItems: 1024 }), model },
    closed,
  ),
  Type.Object({ service, action: Type.Literal('demux'), vnf: Name, model }, closed),
  Type.Object({ service, action: Type.Literal('delay') }, closed),
  Type.Object({ service, action: Type.Literal('drop') }, closed),
])
export type ServiceEntry = Static<typeof ServiceEntry>

const Prefix = Type.String({ pattern: '^[0-9a-fA-F:.]+(/[0-9]{1,3})?$', maxLength: 49 })
const Ports = Type.Union([
  Type.Integer({ minimum: 0, maximum: 65535 }),
  Type.String({ pattern: '^[0-9]{1,5}-[0-9]{1,5}$', description: 'first-last' }),
])
export const FirewallRule = Type.Object(
  {
    action: Type.Enum(['accept', 'drop']),
    protocol: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0, maximum: 255 }), Type.Enum(['tcp', 'udp', 'icmp', 'icmpv6', 'sctp'])]),
    ),
    source: Type.Optional(Prefix),
    destination: Type.Optional(Prefix),
    sourcePort: Type.Optional(Ports),
    destinationPort: Type.Optional(Ports),
  },
  closed,
)
export type FirewallRule = Static<typeof FirewallRule>

export const Firewall = Type.Object(
  { policy: Type.Enum(['accept', 'drop']), rules: Type.Array(FirewallRule, { maxItems: 128 }) },
  closed,
)
export type Firewall = Static<typeof Firewall>

export const Mirror = Type.Object(
  {
    to: { ...InterfaceName, description: 'The monitor' },
    via: { ...InterfaceName, description: 'A veth whose other end is one of `network`: the packet goes on there' },
    mac: MacAddress,
  },
  closed,
)
export type Mirror = Static<typeof Mirror>

/** What one owner (the configuration, a plan, a controller) wants to be in the tables. */
export const Tables = Type.Object(
  {
    attachments: Type.Optional(Type.Record(Name, Attachment)),
    nextHops: Type.Optional(Type.Record(Name, NextHop)),
    labels: Type.Optional(Type.Array(LabelEntry, { maxItems: 30_000 })),
    services: Type.Optional(Type.Array(ServiceEntry, { maxItems: 4000 })),
    firewalls: Type.Optional(Type.Record(Name, Firewall)),
    mirrors: Type.Optional(Type.Record(Name, Mirror)),
  },
  closed,
)
export type Tables = Static<typeof Tables>
