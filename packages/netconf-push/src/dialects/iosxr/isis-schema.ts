import { moduleBuilder } from '../../model/index.js'

const m = moduleBuilder('Cisco-IOS-XR-um-router-isis-cfg')
const empty = { type: 'empty' } as const

const index = m.container(
  'index',
  [m.leaf('index-id'), m.leaf('php-disable', empty), m.leaf('explicit-null', empty), m.leaf('n-flag-clear', empty)],
  true,
)
const prefixSid = m.container('prefix-sid', [
  index,
  m.container('strict-spf', [index]),
  m.container('algorithms', [m.list('algorithm', ['algorithm-number'], [m.leaf('algorithm-number'), index])]),
])
const adjacencySid = m.container('adjacency-sid', [
  m.container('absolutes', [
    m.list('absolute', ['absolute-number'], [m.leaf('absolute-number'), m.leaf('protected', empty)]),
  ]),
])
const fastReroute = m.container('fast-reroute', [
  m.container('enable', [m.leaf('per-prefix', empty)]),
  m.container('per-prefix', [
    m.container('tiebreaker', [m.container('node-protecting', [m.leaf('index')])]),
    m.leaf('ti-lfa', empty),
  ]),
])
const afKeys = [m.leaf('af-name'), m.leaf('saf-name')]
const interfaceFamily = m.list(
  'address-family',
  ['af-name', 'saf-name'],
  [...afKeys, prefixSid, adjacencySid, fastReroute],
)
export const isisInterface = m.list(
  'interface',
  ['interface-name'],
  [
    m.leaf('interface-name'),
    m.leaf('state'),
    m.container('affinity', [m.container('flex-algo', [m.leafList('flex-algo-argument')])]),
    m.container('address-families', [interfaceFamily]),
  ],
)
export const affinityMap = m.list(
  'affinity-map',
  ['affinity-attribute-name'],
  [m.leaf('affinity-attribute-name'), m.leaf('bit-position')],
)
const rule = (name: string) => m.container(name, [m.leafList(`${name}-argument`)])
export const flexAlgo = m.list(
  'flex-algo',
  ['flex-algo-number'],
  [
    m.leaf('flex-algo-number'),
    m.container('affinity', [rule('exclude-any'), rule('include-any'), rule('include-all')]),
    m.leaf('priority', { default: '128' }),
    m.leaf('metric-type'),
    m.leaf('advertise-definition', empty),
    m.leaf('prefix-metric', empty),
  ],
)
const family = m.list(
  'address-family',
  ['af-name', 'saf-name'],
  [...afKeys, m.container('segment-routing', [m.container('mpls', [m.leaf('enable', empty)])])],
)
export const isisProcess = m.list(
  'process',
  ['process-id'],
  [
    m.leaf('process-id'),
    m.container('affinity-maps', [affinityMap]),
    m.container('interfaces', [isisInterface]),
    m.container('address-families', [family]),
    m.container('flex-algoes', [flexAlgo]),
  ],
)
export const isisRouter = m.container('router', [m.container('isis', [m.container('processes', [isisProcess])])])
