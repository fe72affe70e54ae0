import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotOf } from '@segchain/path-engine'
import { validateRecord } from '@segchain/records'
import { compileFiles, exampleFiles } from './support/lab.js'
import { srv6LabText } from './support/srv6-lab.js'

/** The same intents on either data plane. */
const text = (file: string): string => exampleFiles().find((one) => one.file === file)?.text ?? ''
/** With the locators that the SIDs of the fixture are in. */
const topologyOf = (lines: string) =>
  snapshotOf([
    ...lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
    ...[1, 2, 3, 4, 5, 6].map((number) => ({
      ...{ kind: 'prefix' as const, id: `locator:${number}`, protocol: 'isis-l1' as const, instanceId: '0', metric: 0 },
      ...{ node: `node:isis-l1/0:0000.0000.000${number}`, prefix: `fcbb:bb00:${number}::/48` },
      srv6Locator: { flags: [], algorithm: 0, metric: 0 },
    })),
  ])
const blocks = '{"0": "fcbb:bb00::/32"}'
const files = (intents: string) => [
  ...exampleFiles({
    'chain.yaml': '',
    'steering.yaml': '',
    'low-latency.yaml': '',
    'network.yaml': `${text('network.yaml')}  srv6: { blocks: ${blocks} }\n`,
    'devices.yaml': text('devices.yaml').replaceAll('igpInstance: "1"', 'igpInstance: "1", srv6: true'),
  }).filter((file) => !file.file.startsWith('services')),
  { file: 'all.yaml', text: intents },
]
const service = (instances: string): string => `apiVersion: segchain/v1
kind: Service
metadata: { name: firewall }
spec: { type: vnf, instances: [${instances}] }
---
`
const at = (node: string, extra = ''): string => `{ name: on-${node}, node: ${node}, attachment: eth9${extra} }`
interface Written {
  readonly name?: string
  readonly plane: string
  readonly color?: number
  readonly spec?: string
  readonly steering?: string
}
const chain = ({ name = 'a', plane, color = 10, spec = '', steering = '' }: Written): string => `apiVersion: segchain/v1
kind: Chain
metadata: { name: ${name} }
spec: { services: [firewall], dataPlane: ${plane}${spec} }
---
apiVersion: segchain/v1
kind: Steering
metadata: { name: ${name} }
spec: { headend: r1, endpoint: r4, color: ${color}, chain: ${name}, match: { dscp: ${color} }${steering} }
---
`

function compiled(intents: string) {
  const { plan, errors, warnings } = compileFiles(files(intents))
  for (const element of plan?.elements ?? []) validateRecord('segchain.plan/1', element)
  return { errors, warnings, policies: plan?.elements.filter((one) => /sr(v6)?-policy/.test(one.kind)) ?? [] }
}
const weights = (one: ReturnType<typeof compiled>['policies'][number] | undefined) =>
  one?.kind === 'sr-policy' || one?.kind === 'srv6-policy'
    ? one.candidatePaths[0]?.segmentLists.map(({ weight, hops }) => [
        weight,
        hops.map(({ name }) => name).includes('r2'),
      ])
    : undefined

test('weights of a pinned SRv6 chain are weighted lists of SIDs, with the shares of label stacks', () => {
  const intents = (plane: string) =>
    service(`${at('r2', ', weight: 3')}, ${at('r5', ', weight: 1')}`) + chain({ plane, spec: ', mode: pinned' })
  const srv6 = compiled(intents('srv6'))
  assert.deepEqual(srv6.errors, [])
  assert.equal(srv6.policies[0]?.kind, 'srv6-policy')
  // source: worked by hand, as for label stacks in load.test.ts: 3 : 1 for r2 and r5, both one hop from r1.
  assert.deepEqual(weights(srv6.policies[0]), [
    [3, true],
    [1, false],
  ])
  assert.deepEqual(weights(srv6.policies[0]), weights(compiled(intents('mpls')).policies[0]))
})

test('traffic of SRv6 chains is counted against capacity, with that of label stacks', () => {
  const demand = (flows: number) => `, demand: { flows: ${flows} }`
  const instances = service(at('r2', ', capacity: 100'))
  const one = (flows: number) => chain({ plane: 'srv6', steering: demand(flows) })
  assert.deepEqual(compiled(instances + one(100)).errors, [])
  const [error] = compiled(instances + one(101)).errors
  assert.equal(error?.code, 'OVER_CAPACITY')
  assert.equal(error.where.path, 'spec.demand')
  assert.match(error.hint ?? '', /mode: pinned lets the compiler spread chains/)
  const both = instances + one(60) + chain({ name: 'b', plane: 'mpls', color: 11, steering: demand(60) })
  assert.match(compiled(both).errors[0]?.message ?? '', /can take 100 flows, and 120 come: b 60, a 60|a 60, b 60/)
  // A pinned label stack goes where the SRv6 chain leaves room.
  const two = service(`${at('r2', ', capacity: 100')}, ${at('r3', ', capacity: 100')}`)
  const mixed = chain({ name: 'b', plane: 'mpls', color: 11, spec: ', mode: pinned', steering: demand(60) })
  assert.deepEqual(compiled(two + one(60) + mixed).errors, [])
})

test('pinned SRv6 chains are placed together where one instance has no room for both, with label stacks too', () => {
  // source: worked by hand, as for label stacks in load.test.ts: r2 and r5 can take 100 each, and each chain brings 60.
  const demand = ', demand: { flows: 60 }'
  const instances = service(`${at('r2', ', capacity: 100')}, ${at('r5', ', capacity: 100')}`)
  const ofPlanes = (a: string, b: string) =>
    compiled(
      instances +
        chain({ name: 'a', plane: a, spec: ', mode: pinned', steering: demand }) +
        chain({ name: 'b', plane: b, color: 11, spec: ', mode: pinned', steering: demand }),
    )
  const planes: readonly (readonly [string, string])[] = [
    ['srv6', 'srv6'],
    ['srv6', 'mpls'],
    ['mpls', 'srv6'],
  ]
  for (const [a, b] of planes) {
    const placed = ofPlanes(a, b)
    assert.deepEqual(placed.errors, [])
    assert.equal(waysOf(placed).filter((way) => way.includes('r2')).length, 1)
    assert.equal(waysOf(placed).filter((way) => way.includes('r5')).length, 1)
  }
  assert.deepEqual(waysOf(ofPlanes('srv6', 'srv6')), waysOf(ofPlanes('mpls', 'mpls')))
})

test('a binding-SID on an SRv6 chain is refused where it is written; with auto the chain gets its label stack', () => {
  const instances = service(at('r2'))
  const [error] = compiled(instances + chain({ plane: 'srv6', steering: ', bindingSid: 15001' })).errors
  assert.deepEqual([error?.code, error?.where.path], ['BINDING_SID_ON_SRV6', 'spec.bindingSid'])
  assert.match(error?.hint ?? '', /dataPlane: mpls/)
  const auto = compiled(instances + chain({ plane: 'auto', steering: ', bindingSid: 15001' }))
  assert.deepEqual(auto.errors, [])
  assert.equal(auto.policies[0]?.kind, 'sr-policy')
})

const pair = (plane: string, instances: string, disjointness = 'link') =>
  service(instances) +
  chain({ name: 'a', plane }) +
  chain({ name: 'b', plane, color: 11, spec: `, disjointFrom: [a], disjointness: ${disjointness}` })
const both = `${at('r2')}, ${at('r5')}`
const waysOf = ({ policies }: ReturnType<typeof compiled>) =>
  policies.flatMap((one) =>
    one.kind === 'srv6-policy' || one.kind === 'sr-policy'
      ? [[...new Set(one.candidatePaths[0]?.segmentLists[0]?.hops.map(({ name }) => name))].join(' ')]
      : [],
  )

test('SRv6 chains that keep apart get explicit ways, the same as label stacks, and say why', () => {
  // source: worked by hand as in disjoint.test.ts: of a ring of six and the link 2-5, every metric 10, the only pair of
  // node-disjoint ways from r1 to r4 is over r2 and r3, and over r5 and r6; the firewall is on r2 and on r5.
  for (const level of ['link', 'node']) {
    const srv6 = compiled(pair('srv6', both, level))
    assert.deepEqual(srv6.errors, [])
    assert.deepEqual(waysOf(srv6).sort(), ['r1 r2 r3 r4', 'r1 r5 r6 r4'])
    assert.deepEqual(waysOf(srv6), waysOf(compiled(pair('mpls', both, level))))
    const [one] = srv6.policies
    assert.ok(one?.kind === 'srv6-policy')
    assert.match(one.rejected[0]?.why ?? '', /chains a and b would share the link r1-r/)
    const [list] = one.candidatePaths[0]?.segmentLists ?? []
    assert.equal(list?.cost, 30)
    // The node, the service on it, and the end, in one carrier.
    assert.equal(list.carriers.length, 1)
    assert.equal(list.segments.length, 3)
  }
})

test('where no End SID leaves the way without a choice, End.X SIDs name its links', () => {
  // source: worked by hand. With 100 for the link 4-6 the way from r5 to r4 is over r2 and r3 (30), so that the one over
  // r6 (110) takes the End.X SID of r6: 5 (End), 8000 (the firewall, the first of the services), 6:e004 (End.X), 4 (End).
  const topology = topologyOf(srv6LabText({ '46': 100 }))
  const { plan, errors } = compileFiles(files(pair('srv6', both)), { topology })
  assert.deepEqual(errors, [])
  const lists = (plan?.elements ?? []).flatMap((one) =>
    one.kind === 'srv6-policy' ? (one.candidatePaths[0]?.segmentLists ?? []) : [],
  )
  assert.deepEqual(lists.map(({ carriers, cost }) => [carriers.join(), cost]).sort(), [
    ['fcbb:bb00:2:8000:4::', 30],
    ['fcbb:bb00:5:8000:6:e004:4:0', 120],
  ])
  const segment = lists.flatMap(({ segments }) => segments).find(({ behavior }) => behavior.startsWith('End.X'))
  assert.match(segment?.reason ?? '', /^the link r6-r4, by the End.X SID of r6/)
  // Without the End.X SIDs that way cannot be had.
  const without = srv6LabText({ '46': 100 }).replaceAll('"srv6EndXSids"', '"nothing"')
  const forced = compileFiles(files(pair('srv6', both)), { topology: topologyOf(without) })
  assert.deepEqual(
    forced.errors.map(({ code }) => code),
    ['NO_END_X_SID'],
  )
  assert.match(forced.errors[0]?.message ?? '', /the way over r5-r6, r6-r4 cannot be forced/)
})

test('SRv6 chains that cannot keep apart name what both need; beside a label stack they are checked, never moved', () => {
  const [error] = compiled(pair('srv6', at('r2'), 'node')).errors
  assert.equal(error?.code, 'NOT_DISJOINT')
  assert.match(error?.message ?? '', /cannot be node-disjoint: both need the node r2/)
  const auto = compiled(pair('auto', both))
  assert.deepEqual(auto.errors, [])
  assert.deepEqual(
    auto.policies.map(({ kind }) => kind),
    ['sr-policy', 'sr-policy'],
  )
  const rejected = auto.policies.flatMap((one) => (one.kind === 'sr-policy' ? one.rejected : []))
  assert.ok(rejected.some(({ why }) => /keeps apart from chain/.test(why)))
  // The other one of the pair on label stacks.
  const mixed = compiled(pair('srv6', both).replace('dataPlane: srv6', 'dataPlane: mpls')).errors
  assert.deepEqual([mixed[0]?.code, mixed[0]?.where.path], ['NOT_DISJOINT', 'spec.disjointFrom[0]'])
  assert.match(mixed[0]?.message ?? '', /is not moved apart from a label stack$/)
})

test('a bound of the other data plane is told to have no effect', () => {
  const warned = (plane: string, bound: string) =>
    compiled(service(at('r2')) + chain({ plane, spec: `, bounds: { ${bound}: 9 }` })).warnings.filter(
      ({ code }) => code === 'BOUND_WITHOUT_EFFECT',
    )
  assert.equal(warned('srv6', 'labels')[0]?.where.path, 'spec.bounds.labels')
  assert.equal(warned('mpls', 'sids')[0]?.where.path, 'spec.bounds.sids')
  for (const [plane, bound] of [
    ['srv6', 'sids'],
    ['mpls', 'labels'],
    ['auto', 'labels'],
    ['auto', 'sids'],
  ] as const)
    assert.deepEqual(warned(plane, bound), [])
})
