import { moduleBuilder } from '../../model/index.js'

const itf = moduleBuilder('Cisco-IOS-XR-um-interface-cfg')
const ip = moduleBuilder('Cisco-IOS-XR-um-if-ip-address-cfg')
const sr = moduleBuilder('Cisco-IOS-XR-segment-routing-ms-cfg')
const xtc = moduleBuilder('Cisco-IOS-XR-infra-xtc-agent-cfg')
const pm = moduleBuilder('Cisco-IOS-XR-um-performance-measurement-cfg')

const ipv4Address = ip.container('address', [ip.leaf('address'), ip.leaf('netmask')], true)
const ipv6Address = ip.list(
  'ipv6-address',
  ['address'],
  [ip.leaf('address', { type: 'address' }), ip.leaf('prefix-length'), ip.leaf('zone', { default: '0' })],
)
export const interfaceEntry = itf.list(
  'interface',
  ['interface-name'],
  [
    itf.leaf('interface-name'),
    itf.container('ipv4', [ip.container('addresses', [ipv4Address])]),
    itf.container('ipv6', [ip.container('addresses', [ipv6Address])]),
  ],
)
export const interfaces = itf.container('interfaces', [interfaceEntry])

const bounds = [sr.leaf('lower-bound'), sr.leaf('upper-bound')]
const segment = xtc.list(
  'segment',
  ['segment-index'],
  [xtc.leaf('segment-index'), xtc.leaf('segment-type'), xtc.leaf('mpls-label')],
)
export const segmentList = xtc.list(
  'segment',
  ['path-name'],
  [xtc.leaf('path-name'), xtc.container('segments', [segment])],
)
const pathInfo = xtc.list(
  'path-info',
  ['type', 'hop-type', 'segment-list-name'],
  [xtc.leaf('type'), xtc.leaf('hop-type'), xtc.leaf('segment-list-name'), xtc.leaf('weight', { default: '1' })],
)
const preference = xtc.list(
  'preference',
  ['path-index'],
  [xtc.leaf('path-index'), xtc.container('path-infos', [pathInfo])],
)
export const policy = xtc.list(
  'policy',
  ['policy-name'],
  [
    xtc.leaf('policy-name'),
    xtc.container('binding-sid', [xtc.leaf('binding-sid-type'), xtc.leaf('mpls-label')]),
    xtc.container(
      'policy-color-endpoint',
      [xtc.leaf('color'), xtc.leaf('end-point-type'), xtc.leaf('end-point-address', { type: 'address' })],
      true,
    ),
    xtc.container('candidate-paths', [xtc.container('preferences', [preference])], true),
  ],
)
/** `segment-routing` of the command line. */
export const segmentRouting = sr.container('sr', [
  sr.leaf('enable', { type: 'empty' }),
  sr.container('global-block', bounds, true),
  sr.container('local-block', bounds, true),
  xtc.container(
    'traffic-engineering',
    [xtc.container('segments', [segmentList]), xtc.container('policies', [policy])],
    true,
  ),
])

export const measuredInterface = pm.list(
  'interface',
  ['interface-name'],
  [pm.leaf('interface-name'), pm.container('delay-measurement', [pm.leaf('advertise-delay')], true)],
)
export const performanceMeasurement = pm.container('performance-measurement', [
  pm.container('interfaces', [measuredInterface]),
])
