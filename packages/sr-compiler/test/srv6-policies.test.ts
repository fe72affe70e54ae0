import assert from 'node:assert/strict'
import { test } from 'node:test'
import { validateRecord } from '@segchain/records'
import { compileFiles, exampleFiles } from './support/lab.js'

/** The same intents on either data plane. */
const text = (file: string): string => exampleFiles().find((one) => one.file === file)?.text ?? ''
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
  assert.match(error.hint ?? '', /chains over SRv6 are counted and not placed/)
  const both = instances + one(60) + chain({ name: 'b', plane: 'mpls', color: 11, steering: demand(60) })
  assert.match(compiled(both).errors[0]?.message ?? '', /can take 100 flows, and 120 come: b 60, a 60|a 60, b 60/)
  // A pinned label stack goes where the SRv6 chain leaves room.
  const two = service(`${at('r2', ', capacity: 100')}, ${at('r3', ', capacity: 100')}`)
  const mixed = chain({ name: 'b', plane: 'mpls', color: 11, spec: ', mode: pinned', steering: demand(60) })
  assert.deepEqual(compiled(two + one(60) + mixed).errors, [])
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

test('SRv6 chains that keep apart are checked, never moved: what they share is an error, unless they may be label stacks', () => {
  const pair = (plane: string, instances: string) =>
    service(instances) +
    chain({ name: 'a', plane }) +
    chain({ name: 'b', plane, color: 11, spec: ', disjointFrom: [a]' })
  const [error] = compiled(pair('srv6', `${at('r2')}, ${at('r5')}`)).errors
  assert.deepEqual([error?.code, error?.where.path], ['NOT_DISJOINT', 'spec.disjointFrom[0]'])
  assert.match(error?.message ?? '', /both use the link .* chains over SRv6 are not moved apart$/)
  const auto = compiled(pair('auto', `${at('r2')}, ${at('r5')}`))
  assert.deepEqual(auto.errors, [])
  assert.deepEqual(
    auto.policies.map(({ kind }) => kind),
    ['sr-policy', 'sr-policy'],
  )
  const rejected = auto.policies.flatMap((one) => (one.kind === 'sr-policy' ? one.rejected : []))
  assert.ok(rejected.some(({ why }) => /keeps apart from chain/.test(why)))
  // The other one of the pair on label stacks: the same.
  const mixed = pair('srv6', at('r2')).replace('dataPlane: srv6', 'dataPlane: mpls')
  assert.equal(compiled(mixed).errors[0]?.code, 'NOT_DISJOINT')
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
