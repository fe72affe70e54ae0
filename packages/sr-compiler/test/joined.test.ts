import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Snapshot, snapshotOf } from '@segchain/path-engine'
import type { SrPolicyElement, StreamRecord } from '@segchain/records'
import { compile, emptyLock, parseIntents } from '../src/index.js'

type Instance = { readonly protocol: 'isis-l1' | 'isis-l2' | 'ospfv2'; readonly areaId?: string }
interface Part {
  readonly instance: Instance
  /** Node and SID index; 0 has no SID. */
  readonly nodes: Readonly<Record<string, number>>
  readonly links: readonly (readonly [string, string, number])[]
}

/** One record of a node for each instance that it is in, as BGP-LS has it. */
function topologyOf(parts: readonly Part[]): Snapshot {
  const records: StreamRecord<'segchain.topology/1'>[] = []
  for (const { instance, nodes, links } of parts) {
    const { protocol, areaId } = instance
    const own = { protocol, instanceId: '0' }
    const idOf = (name: string): string => `node:${protocol}/${areaId ?? ''}:${name}`
    for (const [name, index] of Object.entries(nodes)) {
      records.push({
        kind: 'node',
        id: idOf(name),
        ...own,
        ...(areaId === undefined ? {} : { areaId }),
        name,
        routerId: name,
        srgb: [{ first: name === 'e' ? 20000 : 16000, size: 8000 }],
      })
      if (index === 0) continue
      records.push({
        kind: 'prefix',
        id: `prefix:${idOf(name)}`,
        ...own,
        node: idOf(name),
        prefix: `10.0.0.${index}/32`,
        prefixSids: [{ algorithm: 0, index, flags: ['node'] }],
      })
    }
    for (const [a, b, igpMetric] of links) {
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const) {
        const id = `link:${idOf(from)}:${to}`
        records.push({ kind: 'link', id, ...own, localNode: idOf(from), remoteNode: idOf(to), igpMetric })
      }
    }
  }
  return snapshotOf(records)
}

const intent = (kind: string, name: string, spec: string) =>
  `apiVersion: segchain/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`

function compiled(topology: Snapshot, services: Readonly<Record<string, readonly string[]>>, extra = '') {
  const hosts = [...new Set(['h', ...Object.values(services).flat()])]
  const documents = [
    intent('Network', 'n', '{ sidIndexes: { first: 1000, last: 1999 }, loopbacks: 10.254.0.0/16 }'),
    ...hosts.map((name) => intent('Device', name, '{ address: 192.0.2.1, dialect: ietf }')),
    ...Object.entries(services).map(([name, nodes]) =>
      intent(
        'Service',
        name,
        `{ type: vnf, instances: [${nodes.map((node) => `{ name: ${name}-${node}, node: ${node}, attachment: m }`).join(', ')}] }`,
      ),
    ),
    intent('Chain', 'c', `{ services: [${Object.keys(services).join(', ')}]${extra} }`),
    intent('Steering', 's', '{ headend: h, endpoint: e, color: 1, chain: c, match: { destination: 198.51.100.0/24 } }'),
  ]
  const { intents, errors } = parseIntents([{ file: 'all.yaml', text: documents.join('---\n') }])
  assert.deepEqual(errors, [])
  return compile({ intents, lock: emptyLock, topology, mayAllocate: true, unreachable: 'error' })
}

function listOf(result: ReturnType<typeof compiled>) {
  assert.deepEqual(result.errors, [])
  const policy = result.plan?.elements.find((one): one is SrPolicyElement => one.kind === 'sr-policy')
  const list = policy?.candidatePaths[0]?.segmentLists[0]
  assert.ok(list)
  return list
}

/** h-x-j, h-k in level 1; j-y-e, k-y in level 2. By hand: x is 10 from h, then over j 10 + 10 to y, over k 40 + 20. */
const level1: Part = {
  instance: { protocol: 'isis-l1' },
  nodes: { h: 1, x: 2, j: 3, k: 4 },
  links: [
    ['h', 'x', 10],
    ['x', 'j', 10],
    ['h', 'k', 30],
  ],
}
const level2: Part = {
  instance: { protocol: 'isis-l2' },
  nodes: { j: 3, k: 4, y: 5, e: 6 },
  links: [
    ['j', 'y', 10],
    ['k', 'y', 20],
    ['y', 'e', 10],
  ],
}

for (const mode of ['anycast', 'pinned']) {
  test(`a chain from level 1 to level 2 goes over the cheapest node that joins them (${mode})`, () => {
    const list = listOf(
      compiled(topologyOf([level1, level2]), { 'svc/one': ['x'], 'svc/two': ['y'] }, `, mode: ${mode}`),
    )
    const joining = list.segments.findIndex((segment) => segment.label === 16003)
    assert.match(list.segments[joining]?.reason ?? '', /over j, which joins isis-l1\/0 and isis-l2\/0/)
    const sids = list.segments.filter((segment) => segment.type !== 'node-sid' || segment.label === 16003)
    assert.deepEqual(
      sids.map((segment) => segment.service ?? 'j'),
      ['svc/one', 'j', 'svc/two'],
    )
    assert.equal(list.segments[list.segments.length - 1]?.label, 16006)
    assert.equal(list.cost, 40)
    const visited = list.hops.map((hop) => hop.name).filter((name, i, all) => name !== all[i - 1])
    assert.deepEqual(visited, ['h', 'x', 'j', 'y', 'e'])
    assert.equal(list.hops[list.hops.length - 1]?.action, 'deliver')
  })
}

test('where both joining nodes cost the same, it is always the first', () => {
  const even: Part = {
    ...level1,
    links: [
      ['h', 'x', 10],
      ['x', 'j', 10],
      ['x', 'k', 10],
    ],
  }
  const evenly: Part = {
    ...level2,
    links: [
      ['j', 'y', 10],
      ['k', 'y', 10],
      ['y', 'e', 10],
    ],
  }
  for (const parts of [
    [even, evenly],
    [evenly, even],
  ]) {
    const list = listOf(compiled(topologyOf(parts), { 'svc/one': ['x'] }))
    assert.deepEqual(
      list.segments.slice(1).map((segment) => segment.label),
      [16003, 16006],
    )
  }
})

test('a service on both sides is taken on the side where the packet is', () => {
  const list = listOf(compiled(topologyOf([level1, level2]), { 'svc/one': ['x', 'y'] }))
  const served = list.hops.filter((hop) => hop.action === 'service').map((hop) => hop.name)
  assert.deepEqual(served, ['x'])
})

test('OSPF: from one area over the backbone to another, two ABRs', () => {
  const area = (areaId: string): Instance => ({ protocol: 'ospfv2', areaId })
  const topology = topologyOf([
    { instance: area('0.0.0.1'), nodes: { h: 1, a: 2 }, links: [['h', 'a', 10]] },
    {
      instance: area('0.0.0.0'),
      nodes: { a: 2, m: 3, b: 4 },
      links: [
        ['a', 'm', 10],
        ['m', 'b', 10],
      ],
    },
    { instance: area('0.0.0.2'), nodes: { b: 4, e: 6 }, links: [['b', 'e', 10]] },
  ])
  const list = listOf(compiled(topology, { 'svc/one': ['m'] }))
  assert.equal(list.cost, 40)
  assert.deepEqual(
    list.segments.map((segment) => segment.service ?? segment.label),
    [16002, 'svc/one', 16004, 16006],
  )
  assert.equal(list.hops[list.hops.length - 1]?.name, 'e')
})

test('no node joins the instances: the error says so', () => {
  const apart = {
    ...level2,
    nodes: { q: 7, y: 5, e: 6 },
    links: [
      ['q', 'y', 10],
      ['y', 'e', 10],
    ],
  } as const
  const [error] = compiled(topologyOf([level1, apart]), { 'svc/one': ['x'] }).errors
  assert.equal(error?.code, 'IGP_INSTANCE')
  assert.match(error?.message ?? '', /no node joins them/)
})

test('the joining nodes have no node-SID: the error names the instance and the remedy', () => {
  const bare = (part: Part): Part => ({ ...part, nodes: { ...part.nodes, j: 0, k: 0 } })
  const { errors } = compiled(topologyOf([bare(level1), bare(level2)]), { 'svc/one': ['x'] })
  const error = errors.find((one) => one.code === 'NO_JOINING_NODE')
  assert.match(error?.message ?? '', /in isis-l2\/0, and no node with a node-SID of algorithm 0 leads there from x/)
  assert.match(error?.hint ?? '', /node-SID/)
})
