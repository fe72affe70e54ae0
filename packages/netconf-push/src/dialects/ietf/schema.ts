import { moduleBuilder } from '../../model/index.js'

const interfacesModule = moduleBuilder('ietf-interfaces')
const ip = moduleBuilder('ietf-ip')
const routingModule = moduleBuilder('ietf-routing')
const sr = moduleBuilder('ietf-segment-routing')
const srMpls = moduleBuilder('ietf-segment-routing-mpls')
const isisModule = moduleBuilder('ietf-isis')
const isisSr = moduleBuilder('ietf-isis-sr-mpls')
const ospfModule = moduleBuilder('ietf-ospf')
const ospfSr = moduleBuilder('ietf-ospf-sr-mpls')
const linkAttr = moduleBuilder('ietf-isis-link-attr')
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

/** RFC 9020 `igp-interface`, which IS-IS and OSPF use: adjacency-SIDs that are configured. */
const adjacencySids = (m: typeof isisSr) =>
  m.container('segment-routing', [
    m.container('adjacency-sid', [
      m.list(
        'adj-sids',
        ['value'],
        [m.leaf('value'), m.leaf('value-type', { default: 'index' }), m.leaf('protected', { default: 'false' })],
      ),
    ]),
  ])
const tiLfa = (m: typeof isisSr) =>
  m.container('ti-lfa', [
    m.leaf('enabled', { default: 'false' }),
    m.container('selection-tie-breakers', [
      m.container('node-protection', [m.leaf('priority', { default: '128' })], true),
    ]),
  ])
const interfaceAsla = linkAttr.list(
  'interface-asla',
  ['link-attr-app'],
  [linkAttr.leaf('link-attr-app', { type: 'identityref' }), linkAttr.leaf('admin-group', { type: 'address' })],
)
export const isisInterface = isisModule.list(
  'interface',
  ['name'],
  [
    isisModule.leaf('name'),
    isisModule.leaf('passive', { default: 'false' }),
    isisModule.leaf('node-flag', { default: 'false' }),
    isisModule.container('fast-reroute', [isisModule.container('lfa', [tiLfa(isisSr)])]),
    adjacencySids(isisSr),
    linkAttr.container('isis-asla', [interfaceAsla]),
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

export const ospfInterface = ospfModule.list(
  'interface',
  ['name'],
  [
    ospfModule.leaf('name'),
    ospfModule.leaf('passive', { default: 'false' }),
    ospfModule.leaf('node-flag', { default: 'false' }),
    ospfModule.container('fast-reroute', [ospfModule.container('lfa', [tiLfa(ospfSr)])]),
    adjacencySids(ospfSr),
  ],
)
export const ospfArea = ospfModule.list(
  'area',
  ['area-id'],
  [
    ospfModule.leaf('area-id'),
    ospfModule.container('interfaces', [ospfInterface]),
    ospfSr.container('segment-routing', [], true),
  ],
)
export const ospf = ospfModule.container('ospf', [
  ospfModule.container('areas', [ospfArea]),
  ospfSr.container('segment-routing', [ospfSr.leaf('enabled', { default: 'false' })]),
])
export const controlPlaneProtocol = routingModule.list(
  'control-plane-protocol',
  ['type', 'name'],
  [routingModule.leaf('type', { type: 'identityref' }), routingModule.leaf('name'), isis, ospf],
)
export const controlPlaneProtocols = routingModule.container('control-plane-protocols', [controlPlaneProtocol])
export const routing = routingModule.container('routing', [controlPlaneProtocols, segmentRouting])
