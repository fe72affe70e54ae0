import { moduleBuilder } from '../../model/index.js'

const m = moduleBuilder('Cisco-IOS-XR-um-router-ospf-cfg')
const flag = (name: string) => m.container(name, [], true)
const affinities = m.container('affinity-attributes', [
  m.list('affinity-attribute', ['affinity-attribute-name'], [m.leaf('affinity-attribute-name')]),
])

const index = m.container('index', [m.leaf('sid-index'), flag('explicit-null'), flag('n-flag-clear')], true)
const prefixSid = m.container('prefix-sid', [
  index,
  m.container('strict-spf', [index]),
  m.container('algorithms', [m.list('algorithm', ['algorithm-number'], [m.leaf('algorithm-number'), index])]),
])
export const ospfInterface = m.list(
  'interface',
  ['interface-name'],
  [
    m.leaf('interface-name'),
    m.container('affinity', [m.container('flex-algo', [affinities])]),
    m.container('passive', [flag('enable')]),
    m.container('fast-reroute', [
      m.container('per-prefix', [
        flag('enable'),
        m.container('ti-lfa', [flag('enable')]),
        m.container('tiebreaker', [m.container('node-protecting', [m.leaf('index')])]),
      ]),
    ]),
    prefixSid,
    m.container('adjacency-sid', [
      m.container('absolutes', [m.list('absolute', ['sid-value'], [m.leaf('sid-value'), flag('protected')])]),
    ]),
  ],
)
export const ospfArea = m.list('area', ['area-id'], [m.leaf('area-id'), m.container('interfaces', [ospfInterface])])
const rule = (name: string) => m.container(name, [affinities])
export const ospfFlexAlgo = m.list(
  'flex-algo',
  ['algorithm-number'],
  [
    m.leaf('algorithm-number'),
    m.leaf('priority', { default: '128' }),
    flag('prefix-metric'),
    m.container('metric-type', [flag('delay'), flag('te-metric')]),
    flag('advertise-definition'),
    m.container('affinity', [rule('exclude-any'), rule('include-any'), rule('include-all')]),
  ],
)
export const ospfAffinity = m.list(
  'affinity-attribute',
  ['affinity-attribute-name'],
  [m.leaf('affinity-attribute-name'), m.leaf('bit-position')],
)
export const ospfProcess = m.list(
  'process',
  ['process-name'],
  [
    m.leaf('process-name'),
    m.container('areas', [ospfArea]),
    m.container('segment-routing', [flag('mpls')]),
    m.container('affinity-map', [m.container('affinity-attributes', [ospfAffinity])]),
    m.container('flex-algos', [ospfFlexAlgo]),
  ],
)
export const ospfRouter = m.container('router', [m.container('ospf', [m.container('processes', [ospfProcess])])])
