import { moduleBuilder } from '../../model/index.js'

const interfacesModule = moduleBuilder('ietf-interfaces')
const ip = moduleBuilder('ietf-ip')
const routingModule = moduleBuilder('ietf-routing')
const sr = moduleBuilder('ietf-segment-routing')
const srMpls = moduleBuilder('ietf-segment-routing-mpls')
const isisModule = moduleBuilder('ietf-isis')
const isisSr = moduleBuilder('ietf-isis-sr-mpls')
const flexAlgoModule = moduleBuilder('ietf-isis-flex-algo')

const address = () => ip.list('address', ['ip'], [ip.leaf('ip', { type: 'address' }), ip.leaf('prefix-length')])
export const ipv4Address = address()
export const ipv6Address = address()
export const ipv4 = ip.container('ipv4', [ipv4Address], true)
export const ipv6 = ip.container('ipv6', [ipv6Address], true)
export const interfaceEntry = interfacesModule.list(
  'interface',
  ['name'],
  [
    interfacesModule.leaf('name'),
    interfacesModule.leaf('type', { type: 'identityref' }),
    interfacesModule.leaf('enabled', { default: 'true' }),
    ipv4,
    ipv6,
  ],
)
export const interfaces = interfacesModule.container('interfaces', [interfaceEntry])

const bounds = [srMpls.leaf('lower-bound'), srMpls.leaf('upper-bound')]
/** RFC 9020: "ordered-by user", and the order gives the index its meaning (RFC 8660 §2.1). */
export const srgbEntry = srMpls.list('srgb', ['lower-bound', 'upper-bound'], bounds, true)
export const srgb = srMpls.container('srgb', [srgbEntry])
export const srlbEntry = srMpls.list('srlb', ['lower-bound', 'upper-bound'], bounds, true)
export const srlb = srMpls.container('srlb', [srlbEntry])
export const connectedPrefixSid = srMpls.list(
  'connected-prefix-sid',
  ['prefix', 'algorithm'],
  [
    srMpls.leaf('prefix', { type: 'address' }),
    srMpls.leaf('algorithm', { type: 'identityref' }),
    srMpls.leaf('value-type', { default: 'index' }),
    srMpls.leaf('start-sid'),
    srMpls.leaf('range'),
    srMpls.leaf('last-hop-behavior'),
  ],
)
export const connectedPrefixSidMap = srMpls.container('connected-prefix-sid-map', [connectedPrefixSid])
export const bindings = srMpls.container('bindings', [connectedPrefixSidMap])
export const srMplsContainer = srMpls.container('sr-mpls', [bindings, srgb, srlb])
export const segmentRouting = sr.container('segment-routing', [srMplsContainer])

export const isisSegmentRouting = isisSr.container('segment-routing', [isisSr.leaf('enabled', { default: 'false' })])
export const isisInterface = isisModule.list(
  'interface',
  ['name'],
  [
    isisModule.leaf('name'),
    isisModule.leaf('passive', { default: 'false' }),
    isisModule.leaf('node-flag', { default: 'false' }),
  ],
)
export const isisInterfaces = isisModule.container('interfaces', [isisInterface])
export const adminGroups = flexAlgoModule.container('admin-groups', [
  flexAlgoModule.leafList('exclude-admin-groups', { type: 'address' }),
  flexAlgoModule.leafList('include-any-admin-groups', { type: 'address' }),
  flexAlgoModule.leafList('include-all-admin-groups', { type: 'address' }),
])
export const prefixMetric = flexAlgoModule.container('prefix-metric', [], true)
export const flexAlgo = flexAlgoModule.list(
  'flex-algo',
  ['algo-number'],
  [
    flexAlgoModule.leaf('algo-number'),
    flexAlgoModule.leaf('advertise-definition', { default: 'true' }),
    adminGroups,
    flexAlgoModule.leafList('exclude-srlgs'),
    flexAlgoModule.leaf('metric-type', { type: 'identityref' }),
    flexAlgoModule.leaf('calc-type', { type: 'identityref', default: 'iana-igp-algo-types:algo-spf' }),
    prefixMetric,
    flexAlgoModule.leaf('priority'),
  ],
)
export const isisFlexAlgo = flexAlgoModule.container('isis-flex-algo', [flexAlgo])
export const isis = isisModule.container('isis', [isisInterfaces, isisSegmentRouting, isisFlexAlgo])
export const controlPlaneProtocol = routingModule.list(
  'control-plane-protocol',
  ['type', 'name'],
  [routingModule.leaf('type', { type: 'identityref' }), routingModule.leaf('name'), isis],
)
export const controlPlaneProtocols = routingModule.container('control-plane-protocols', [controlPlaneProtocol])
export const routing = routingModule.container('routing', [controlPlaneProtocols, segmentRouting])
