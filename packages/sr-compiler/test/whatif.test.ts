// Names of routers with hyphens, parallel links, values for applications, and LANs: what whatif and graph make of them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Snapshot, snapshotOf } from '@segchain/path-engine'
import { type LinkRecord, SegchainError, type StreamRecord } from '@segchain/records'
import fc from 'fast-check'
import { applyChange } from '../src/analysis/change.js'
import { singleFailures } from '../src/analysis/events.js'
import { compare, impactOf } from '../src/analysis/impact.js'
import { parseFailure } from '../src/analysis/parse-event.js'
import { buildModel, type Model } from '../src/compile/model.js'
import { Problems } from '../src/compile/problems.js'
import { drawingOf } from '../src/draw/drawing.js'
import { emptyLock, parseIntents } from '../src/index.js'
import { halvesOf, randomOf, topologyOf } from './support/random-network.js'

const instance = { protocol: 'isis-l2', instanceId: '0' } as const
const routers = ['pe-1', 'p-1', 'p-2', 'pe-2']

/**
 * pe-1 has two links to p-1 (10.0.0.x at 10, 10.0.1.x at 20); p-1 and p-2 are on a LAN; p-2 leads to pe-2. Another way of 99
 * leads from pe-1 to p-2. Delays (1 ms each) are told to Flex-Algo alone.
 */
function network(): StreamRecord<'segchain.topology/1'>[] {
  const link = (localNode: string, remoteNode: string, igpMetric: number, net: string, [near, far]: number[]) => {
    const record: LinkRecord = {
      ...{ kind: 'link', id: `${localNode} ${remoteNode} ${net}`, ...instance, localNode, remoteNode, igpMetric },
      ...{ localAddresses: [`${net}.${near}`], remoteAddresses: [`${net}.${far}`] },
      applicationSpecific: [{ applications: ['flex-algo'], attributes: { minDelayUs: 1000 } }],
    }
    return record
  }
  const both = (a: string, b: string, igpMetric: number, net: string) => [
    link(a, b, igpMetric, net, [1, 2]),
    link(b, a, igpMetric, net, [2, 1]),
  ]
  const lan = (name: string, number: number): LinkRecord[] => {
    const { remoteAddresses: _, ...near } = link(name, 'lan', 10, '10.9.0', [number, 0])
    const { kind, protocol, instanceId } = near
    const far: LinkRecord = {
      kind,
      protocol,
      instanceId,
      id: `lan ${name}`,
      localNode: 'lan',
      remoteNode: name,
      igpMetric: 0,
    }
    return [near, far]
  }
  return [
    ...routers.flatMap((name, i): StreamRecord<'segchain.topology/1'>[] => [
      {
        kind: 'node',
        id: name,
        ...instance,
        name,
        routerId: name,
        routerIds: [`10.255.0.${i}`],
        srgb: [{ first: 16_000, size: 8000 }],
        algorithms: [0, 128],
      },
      {
        ...{ kind: 'prefix', id: `p${i}`, ...instance, node: name, prefix: `10.255.0.${i}/32`, metric: 0 },
        prefixSids: [{ algorithm: 0, index: i, flags: ['node'] }],
      },
    ]),
    { kind: 'node', id: 'lan', ...instance, routerId: 'p-1.02', pseudonode: true },
    ...both('pe-1', 'p-1', 10, '10.0.0'),
    ...both('pe-1', 'p-1', 20, '10.0.1'),
    ...both('pe-1', 'p-2', 99, '10.0.2'),
    ...both('p-2', 'pe-2', 10, '10.0.3'),
    ...lan('p-1', 1),
    ...lan('p-2', 2),
  ]
}

const devices = routers.map(
  (name) => `apiVersion: segchain/v1
kind: Device
metadata: { name: ${name} }
spec: { address: 10.0.0.1, dialect: ietf }
`,
)
const intents = `${devices.join('---\n')}---
apiVersion: segchain/v1
kind: Network
metadata: { name: n }
spec: { loopbacks: 10.254.0.0/24 }
---
apiVersion: segchain/v1
kind: FlexAlgo
metadata: { name: fast }
spec: { algorithm: 128, metric: min-delay }
---
apiVersion: segchain/v1
kind: Service
metadata: { name: acme/dpi }
spec: { type: vnf, instances: [{ name: dpi/1, node: p-2, attachment: veth0 }] }
---
apiVersion: segchain/v1
kind: Chain
metadata: { name: c }
spec: { services: [acme/dpi] }
---
apiVersion: segchain/v1
kind: Steering
metadata: { name: s }
spec: { headend: pe-1, endpoint: pe-2, color: 1, chain: c, match: { destination: 198.51.100.0/24 } }
`

function modelOf(topology: Snapshot): Model {
  const { intents: set, errors } = parseIntents([{ file: 'a.yaml', text: intents }])
  assert.deepEqual(errors, [])
  const problems = new Problems()
  const model = buildModel({ intents: set, lock: emptyLock, topology, unreachable: 'error' }, problems)
  assert.deepEqual(problems.errors, [])
  assert.ok(model)
  return model
}

const topology = snapshotOf(network())
const model = modelOf(topology)
const statusAfter = (text: string) => {
  const event = parseFailure(model, text)
  return impactOf(model, event).map(({ status, delayUsAfter }) => [event.text, status, delayUsAfter])
}

test('links of routers whose names have hyphens are found, whichever end comes first', () => {
  // Also by the TE router-ids, in any mixture.
  for (const name of ['pe-1-p-2', 'p-2-pe-1', '10.255.0.2-pe-1', '10.255.0.0-10.255.0.2']) {
    assert.deepEqual(statusAfter(`link:${name}`), [['link p-2-pe-1 down', 'unchanged', 3000]])
    const { links } = applyChange(model.graph, topology, `${name}:metric=7`)
    assert.deepEqual(
      links.filter((link) => link.igpMetric === 7).map((link) => link.id),
      ['p-2 pe-1 10.0.2', 'pe-1 p-2 10.0.2'],
    )
  }
})

test('of parallel links one fails by itself, or all of them by the names of the routers', () => {
  const texts = singleFailures(model).map((event) => event.text)
  assert.ok(texts.includes('link p-1-pe-1 (10.0.0.2) down') && texts.includes('link p-1-pe-1 (10.0.1.2) down'))
  assert.equal(new Set(texts).size, texts.length)
  // Over the other of the two, as long; and round by the link of 99 when both are gone.
  assert.deepEqual(statusAfter('link:10.0.0.1'), [['link p-1-pe-1 (10.0.0.2) down', 'unchanged', 3000]])
  assert.deepEqual(statusAfter('link:pe-1-p-1'), [['link p-1-pe-1 down', 'faster', 2000]])
})

test('every failure that is told of by itself can be asked for by its name, too', () => {
  const asked = [
    ...['link:10.0.0.2', 'link:10.0.1.1', 'link:p-2-pe-1', 'link:pe-2-p-2', 'link:p-1-p-1.02', 'link:10.9.0.2'],
    ...[...routers.map((name) => `node:${name}`), 'instance:acme/dpi/dpi/1'],
  ].map((text) => parseFailure(model, text).text)
  assert.deepEqual(
    asked.sort(),
    singleFailures(model)
      .map((event) => event.text)
      .sort(),
  )
})

test('the address of an interface changes its direction alone', () => {
  const { links } = applyChange(model.graph, topology, '10.0.1.2:metric=3')
  assert.deepEqual(
    links.filter((link) => link.igpMetric === 3).map((link) => link.id),
    ['p-1 pe-1 10.0.1'],
  )
})

test('a delay that changes is another one for Flex-Algo, too, and for the bounds of chains', () => {
  const after = modelOf(applyChange(model.graph, topology, 'p-2-pe-2:delay=5000'))
  const [one] = model.steered
  assert.ok(one)
  const impact = compare(model, one, after.network, 'x', after)
  assert.deepEqual([impact.delayUsBefore, impact.delayUsAfter, impact.status], [3000, 7000, 'slower'])
  const fast = (of: Model) => {
    const { graph, weights } = of.network.topology(128) ?? { graph: of.graph, weights: new Float64Array() }
    return graph.links.flatMap(({ index, record }) => (record.id.includes('10.0.3') ? weights[index] : []))
  }
  assert.deepEqual(
    [fast(model), fast(after)],
    [
      [1000, 1000],
      [5000, 5000],
    ],
  )
})

test('what is not there is an error with examples', () => {
  for (const text of [
    'link:pe-1-pe-2',
    'link:',
    'pe-1',
    'srlg:9',
    'srlg:',
    'node:lan',
    'instance:acme/dpi',
    'link:10.0.0.9',
  ])
    assert.throws(() => parseFailure(model, text), { code: 'UNKNOWN_FAILURE', hint: /link p-1-pe-1 \(10.0.0.2\) down/ })
  for (const text of ['pe-1-pe-2:metric=1', 'pe-1-p-1:metric=x', 'pe-1-p-1', '10.0.0.9:delay=1', 'pe-1-p-1:mtu=1'])
    assert.throws(() => applyChange(model.graph, topology, text), SegchainError)
})

test('a chain that crosses a LAN is drawn through it, and both metrics are of one and the same link', () => {
  const { edges, chains } = drawingOf(model.graph, model)
  const nameOf = (node: number): string => model.graph.nodes[node]?.id ?? ''
  const names = chains[0]?.edges.map((edge) => {
    const { from, to } = edges[edge] ?? { from: -1, to: -1 }
    return [nameOf(from), nameOf(to)].sort().join(' ')
  })
  assert.deepEqual(names?.sort(), ['lan p-1', 'lan p-2', 'p-1 pe-1', 'p-2 pe-2'])
  assert.ok(edges.every((edge) => /^[0-9]*$/.test(edge.metric)))
})

test('of every failure, chains that it does not touch are what a whole computation says, too', () => {
  const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 60)
  let untouched = 0
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), (seed, adjacency) => {
      const pick = randomOf(seed)
      const random = topologyOf(6, halvesOf(6, pick), pick(3) === 0, adjacency)
      const text = intents
        .replaceAll(/\bpe-1\b/g, 'n0')
        .replaceAll(/\bpe-2\b/g, 'n3')
        .replaceAll(/\bp-1\b/g, 'n4')
        .replaceAll(/\bp-2\b/g, 'n2')
        .replace('attachment: veth0 }', 'attachment: veth0 }, { name: dpi/2, node: n4, attachment: veth0 }')
      const { intents: set, errors } = parseIntents([{ file: 'a.yaml', text }])
      assert.deepEqual(errors, [])
      const made = buildModel({ intents: set, lock: emptyLock, topology: random, unreachable: 'warn' }, new Problems())
      if (made === undefined) return
      for (const event of singleFailures(made)) {
        const after = made.network.without(event.outage)
        const whole: ReturnType<typeof impactOf> = made.steered.map((one) => compare(made, one, after, event.text))
        const told: ReturnType<typeof impactOf> = impactOf(made, event)
        assert.deepEqual(told, whole)
        untouched += told.filter(({ status }) => status === 'unchanged').length
      }
    }),
    { numRuns },
  )
  assert.ok(untouched > numRuns, `${untouched} untouched`)
})
