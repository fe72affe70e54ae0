import {
  type ContainerSchema,
  type LeafSchema,
  type ListSchema,
  type ModuleTable,
  moduleBuilder,
  type SchemaNode,
} from '../../model/index.js'

const base = 'http://openconfig.net/yang/'

export const modules = {
  'openconfig-network-instance': `${base}network-instance`,
  'openconfig-flexalgo': `${base}flexalgo`,
  'openconfig-policy-types': `${base}policy-types`,
  'openconfig-isis-types': `${base}isis-types`,
  'openconfig-interfaces': `${base}interfaces`,
  'openconfig-if-ip': `${base}interfaces/ip`,
  'iana-if-type': 'urn:ietf:params:xml:ns:yang:iana-if-type',
} as const satisfies ModuleTable

type Builder = ReturnType<typeof moduleBuilder>
const ni = moduleBuilder('openconfig-network-instance')
const fa = moduleBuilder('openconfig-flexalgo')
const oci = moduleBuilder('openconfig-interfaces')
const ip = moduleBuilder('openconfig-if-ip')

/** The shape of every OpenConfig list: keys that repeat leaves of `config`. */
export interface Entry {
  readonly list: ListSchema
  readonly config: ContainerSchema
}

function entry(
  m: Builder,
  name: string,
  keys: readonly LeafSchema[],
  leaves: readonly LeafSchema[],
  below: readonly SchemaNode[] = [],
): Entry {
  const config = m.container('config', [...keys, ...leaves])
  return {
    config,
    list: m.list(
      name,
      keys.map((key) => key.name),
      [...keys, config, ...below],
    ),
  }
}

const identity = { type: 'identityref' } as const
const address = { type: 'address' } as const

export const labelBlock = entry(
  ni,
  'reserved-label-block',
  [ni.leaf('local-id')],
  [ni.leaf('lower-bound'), ni.leaf('upper-bound')],
)
export const labelBlocks = ni.container('reserved-label-blocks', [labelBlock.list])
export const mplsGlobal = ni.container('global', [labelBlocks])
export const mpls = ni.container('mpls', [mplsGlobal])

export const srgb = entry(
  ni,
  'srgb',
  [ni.leaf('local-id')],
  [ni.leaf('dataplane-type'), ni.leafList('mpls-label-blocks', { userOrdered: false })],
)
export const srgbs = ni.container('srgbs', [srgb.list])
export const srlb = entry(ni, 'srlb', [ni.leaf('local-id')], [ni.leaf('dataplane-type'), ni.leaf('mpls-label-block')])
export const srlbs = ni.container('srlbs', [srlb.list])
export const segmentRouting = ni.container('segment-routing', [srgbs, srlbs])

export const binding = entry(
  ni,
  'flex-algorithm-binding',
  [ni.leaf('flex-algo-id')],
  [ni.leaf('isis-level'), ni.leaf('advertised'), ni.leaf('participate')],
)
export const bindings = ni.container('flex-algorithm-bindings', [binding.list])
export const isisSrConfig = ni.container('config', [ni.leaf('enabled'), ni.leaf('srgb'), ni.leaf('srlb')])
export const isisSr = ni.container('segment-routing', [isisSrConfig, bindings])
export const isisGlobal = ni.container('global', [isisSr])

export const prefixSid = entry(
  ni,
  'prefix-sid',
  [ni.leaf('prefix', address)],
  [ni.leaf('sid-id'), ni.leaf('label-options')],
)
export const prefixSids = ni.container('prefix-sids', [prefixSid.list])
export const flexAlgoSid = entry(
  ni,
  'flex-algo-prefix-sid',
  [ni.leaf('prefix', address), ni.leaf('flex-algo-id')],
  [ni.leaf('sid-id')],
)
export const flexAlgoSids = ni.container('flex-algo-prefix-sids', [flexAlgoSid.list])
export const adjacencySid = entry(
  ni,
  'adjacency-sid',
  [ni.leaf('neighbor', address), ni.leaf('sid-id')],
  [ni.leaf('protection-eligible', { default: 'true' })],
)
export const adjacencySids = ni.container('adjacency-sids', [adjacencySid.list])
export const afSr = ni.container('segment-routing', [prefixSids, flexAlgoSids, adjacencySids])
export const af = entry(ni, 'af', [ni.leaf('afi-name', identity), ni.leaf('safi-name', identity)], [], [afSr])
export const afiSafi = ni.container('afi-safi', [af.list])
export const level = entry(ni, 'level', [ni.leaf('level-number')], [], [afiSafi])
export const levels = ni.container('levels', [level.list])
export const isisInterface = entry(
  ni,
  'interface',
  [ni.leaf('interface-id')],
  [ni.leaf('enabled'), ni.leaf('passive')],
  [levels],
)
export const isisInterfaces = ni.container('interfaces', [isisInterface.list])
export const isis = ni.container('isis', [isisGlobal, isisInterfaces])
export const protocol = entry(ni, 'protocol', [ni.leaf('identifier', identity), ni.leaf('name')], [], [isis])
export const protocols = ni.container('protocols', [protocol.list])

export const algorithm = entry(
  fa,
  'algorithm',
  [fa.leaf('flex-algo-id')],
  [
    fa.leaf('metric-type'),
    fa.leaf('calc-type'),
    fa.leaf('priority'),
    fa.leafList('exclude'),
    fa.leafList('include-all'),
    fa.leafList('include-any'),
    fa.leafList('srlg-exclude'),
  ],
)
export const definitions = fa.container('flex-algorithm-definition', [algorithm.list])
export const adminGroup = entry(fa, 'admin-group', [fa.leaf('admin-group-name')], [fa.leaf('bit-position')])
export const adminGroups = fa.container('flex-algo-admin-groups', [adminGroup.list])
export const srlg = entry(fa, 'srlg', [fa.leaf('name')], [fa.leaf('value')])
export const srlgs = fa.container('srlgs', [srlg.list])
export const faGlobal = fa.container('flex-algo-global-attributes', [adminGroups, srlgs])
export const faInterface = entry(
  fa,
  'interface',
  [fa.leaf('interface-id')],
  [fa.leaf('min-delay'), fa.leafList('admin-group')],
)
export const faInterfaces = fa.container('flex-algo-interface-attributes', [faInterface.list])
export const flexAlgorithm = fa.container('flex-algorithm', [definitions, faGlobal, faInterfaces])

export const instance = entry(
  ni,
  'network-instance',
  [ni.leaf('name')],
  [],
  [mpls, segmentRouting, protocols, flexAlgorithm],
)
export const instances = ni.container('network-instances', [instance.list])

const ipAddress = () => entry(ip, 'address', [ip.leaf('ip', address)], [ip.leaf('prefix-length')])
export const ipv4Address = ipAddress()
export const ipv4Addresses = ip.container('addresses', [ipv4Address.list])
export const ipv4 = ip.container('ipv4', [ipv4Addresses])
export const ipv6Address = ipAddress()
export const ipv6Addresses = ip.container('addresses', [ipv6Address.list])
export const ipv6 = ip.container('ipv6', [ipv6Addresses])
export const subinterface = entry(oci, 'subinterface', [oci.leaf('index')], [], [ipv4, ipv6])
export const subinterfaces = oci.container('subinterfaces', [subinterface.list])
export const interfaceEntry = entry(oci, 'interface', [oci.leaf('name')], [oci.leaf('type', identity)], [subinterfaces])
export const interfaces = oci.container('interfaces', [interfaceEntry.list])
