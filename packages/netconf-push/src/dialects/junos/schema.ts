import { moduleBuilder, type SchemaNode } from '../../model/index.js'

const root = moduleBuilder('junos-conf-root')
const itf = moduleBuilder('junos-conf-interfaces')
const policy = moduleBuilder('junos-conf-policy-options')
const pro = moduleBuilder('junos-conf-protocols')
const ro = moduleBuilder('junos-conf-routing-options')

const empty = { type: 'empty' } as const
const address = { type: 'address' } as const

const family = (name: string) => itf.container(name, [itf.list('address', ['name'], [itf.leaf('name', address)])], true)
export const unit = itf.list(
  'unit',
  ['name'],
  [itf.leaf('name'), itf.container('family', [family('inet'), family('inet6')])],
)
export const interfaceEntry = itf.list('interface', ['name'], [itf.leaf('name'), unit])
const interfaces = itf.container('interfaces', [interfaceEntry])

const prefixSegment = policy.container('prefix-segment', [
  policy.list('algorithm', ['name'], [policy.leaf('name'), policy.leaf('index'), policy.leaf('node-segment', empty)]),
  policy.leaf('index'),
  policy.leaf('node-segment', empty),
])
const routeFilter = policy.list(
  'route-filter',
  ['address', 'choice-ident', 'choice-value'],
  [policy.leaf('address', address), policy.leaf('choice-ident'), policy.leaf('choice-value')],
)
export const term = policy.list(
  'term',
  ['name'],
  [
    policy.leaf('name'),
    policy.container('from', [routeFilter]),
    policy.container('then', [prefixSegment, policy.leaf('accept', empty)]),
  ],
)
export const policyStatement = policy.list('policy-statement', ['name'], [policy.leaf('name'), term])
const policyOptions = policy.container('policy-options', [policyStatement])

const postConvergence = () =>
  pro.container('post-convergence-lfa', [pro.container('node-protection', [pro.leaf('cost')], true)], true)
const adjacencySegment = () => {
  const label = [pro.leaf('label')]
  return pro.container('ipv4-adjacency-segment', [
    pro.container('protected', label),
    pro.container('unprotected', label),
  ])
}
const sourcePacketRouting = (more: readonly SchemaNode[]) =>
  pro.container(
    'source-packet-routing',
    [
      pro.container('srgb', [pro.leaf('start-label'), pro.leaf('index-range')]),
      pro.leafList('flex-algorithm'),
      ...more,
    ],
    true,
  )
const passive = () => pro.container('passive', [], true)

const isisLevel = pro.list('level', ['name'], [pro.leaf('name'), adjacencySegment(), postConvergence()])
export const isisInterface = pro.list(
  'interface',
  ['name'],
  [pro.leaf('name'), isisLevel, pro.leaf('delay-metric'), passive()],
)
const isis = pro.container('isis', [
  isisInterface,
  sourcePacketRouting([]),
  pro.container('backup-spf-options', [
    pro.container('use-post-convergence-lfa', [], true),
    pro.container('use-source-packet-routing', [], true),
  ]),
  pro.leafList('export'),
])

export const ospfInterface = pro.list(
  'interface',
  ['name'],
  [pro.leaf('name'), passive(), adjacencySegment(), postConvergence(), pro.leaf('delay-metric')],
)
export const ospfArea = pro.list('area', ['name'], [pro.leaf('name'), ospfInterface])
const ospf = pro.container('ospf', [
  ospfArea,
  sourcePacketRouting([pro.leafList('prefix-segment')]),
  pro.container('backup-spf-options', [
    pro.container('use-post-convergence-lfa', [], true),
    pro.leaf('use-source-packet-routing', empty),
  ]),
])

export const mplsInterface = pro.list('interface', ['name'], [pro.leaf('name'), pro.leafList('admin-group')])
export const adminGroup = pro.list('admin-groups', ['name'], [pro.leaf('name'), pro.leaf('group-value')])
const mpls = pro.container('mpls', [adminGroup, mplsInterface])

export const segmentList = pro.list(
  'segment-list',
  ['name'],
  [
    pro.leaf('name'),
    pro.leaf('inherit-label-nexthops', empty),
    pro.list('hop-list', ['name'], [pro.leaf('name'), pro.leaf('label')], true),
  ],
)
export const sourceRoutingPath = pro.list(
  'source-routing-path',
  ['name'],
  [
    pro.leaf('name'),
    pro.leaf('to', address),
    pro.leaf('color'),
    pro.leaf('binding-sid'),
    pro.leaf('sr-preference'),
    pro.list('primary', ['name'], [pro.leaf('name'), pro.leaf('weight', { default: '1' })]),
  ],
)
const policies = pro.container('source-packet-routing', [segmentList, sourceRoutingPath], true)
const protocols = pro.container('protocols', [isis, ospf, mpls, policies])

const definition = ro.container('definition', [
  ro.leaf('metric-type', { default: 'igp-metric' }),
  ro.leaf('spf', empty),
  ro.leaf('use-flex-algorithm-prefix-metric', empty),
  ro.leaf('priority'),
  ro.container('admin-group', [ro.leafList('include-any'), ro.leafList('include-all'), ro.leafList('exclude')]),
])
export const flexAlgorithm = ro.list('flex-algorithm', ['name'], [ro.leaf('name'), definition])
const routingOptions = ro.container('routing-options', [flexAlgorithm])

/** `configuration`: the part of Junos that is ours. */
export const configuration = root.container('configuration', [interfaces, policyOptions, protocols, routingOptions])
