import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { type PathRecord, validateRecord } from '@segchain/records'
import { exampleDirectory, topologyFile } from './support/lab.js'

const bin = join(import.meta.dirname, '../../bin/sr-compiler.js')

function path(input: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'path', ...args], {
    ...{ input, encoding: 'utf8', timeout: 60_000 },
  })
  const records = stdout
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => validateRecord('segchain.analysis/1', JSON.parse(line)))
  return { status, stderr, paths: records.filter((record): record is PathRecord => record.kind === 'path') }
}

const segmentsOf = ({ paths }: ReturnType<typeof path>) =>
  paths[0]?.segments.map(({ type, to, label, algorithm = 0 }) => [type, to, label, algorithm])

interface Spec {
  readonly protocol?: 'isis-l1' | 'isis-l2'
  /** Node and its SID index. */
  readonly nodes: Readonly<Record<string, number>>
  /** `a b 10`: both directions. */
  readonly links: readonly string[]
  readonly anycast?: readonly string[]
  readonly msd?: number
}

function linesOf(...parts: readonly Spec[]): string {
  const records = parts.flatMap(({ protocol = 'isis-l2', nodes, links, anycast = [], msd }) => {
    const own = { protocol, instanceId: '0' }
    const id = (name: string) => `node:${protocol}:${name}`
    const prefix = (name: string, address: string, index: number, flags: readonly string[]) => ({
      ...{
        kind: 'prefix',
        id: `prefix:${protocol}:${name}:${address}`,
        ...own,
        node: id(name),
        prefix: `${address}/32`,
      },
      prefixSids: [{ algorithm: 0, index, flags }],
    })
    return [
      ...Object.entries(nodes).flatMap(([name, index]) => [
        {
          ...{ kind: 'node', id: id(name), ...own, name, routerId: name, srgb: [{ first: 16000, size: 8000 }] },
          ...(msd === undefined ? {} : { msds: [{ type: 1, value: msd }] }),
        },
        prefix(name, `10.0.0.${index}`, index, ['node']),
        ...(anycast.includes(name) ? [prefix(name, '10.0.1.1', 100, ['no-php'])] : []),
      ]),
      ...links.flatMap((text, i) => {
        const [a = '', b = '', metric] = text.split(' ')
        return [
          [a, b],
          [b, a],
        ].map(([from = '', to = ''], j) => ({
          ...{
            kind: 'link',
            id: `link:${protocol}:${from}-${to}-${i}`,
            ...own,
            localNode: id(from),
            remoteNode: id(to),
          },
          ...{ igpMetric: Number(metric), localAddresses: [`10.9.${i}.${j}`], remoteAddresses: [`10.9.${i}.${1 - j}`] },
          adjacencySids: [{ label: 15000 + 2 * i + j, flags: ['value', 'local'], weight: 0 }],
        }))
      }),
    ]
  })
  const header = { kind: 'header', schema: 'segchain.topology/1', tool: 'test', version: '1' }
  return [header, ...records, { kind: 'sync', id: 'sync', reason: 'end-of-rib' }]
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('')
}

test('path takes the Flex-Algo of the intents: one node-SID of it, for all its shortest paths', () => {
  const found = path(
    '',
    topologyFile,
    '--from',
    'r2',
    '--to',
    'r3',
    '--intents',
    exampleDirectory,
    '--algorithm',
    '128',
  )
  assert.equal(found.status, 0, found.stderr)
  const [way] = found.paths
  // source: by hand. Without the red link r2-r3 the way from r2 to r3 is r2 r5 r6 r4 r3.
  assert.deepEqual(way?.nodes, ['r2', 'r5', 'r6', 'r4', 'r3'])
  assert.equal(way.cost, 40)
  assert.deepEqual([way.algorithm, way.paths, way.segments.length], [128, 1, 1])
  assert.deepEqual([way.segments[0]?.type, way.segments[0]?.to, way.segments[0]?.algorithm], ['node-sid', 'r3', 128])
  assert.match(way.segments[0]?.reason ?? '', /of algorithm 128 from r2 to r3/)
})

test('a way that a node-SID of the Flex-Algo forces alone needs one label, also when it was asked for by a constraint', () => {
  const args = ['--from', 'r2', '--to', 'r3', '--exclude-any', '0']
  assert.equal(path('', topologyFile, ...args).paths[0]?.segments.length, 2)
  const [way] = path('', topologyFile, ...args, '--intents', exampleDirectory).paths
  assert.deepEqual(
    way?.segments.map(({ type, algorithm }) => [type, algorithm]),
    [['node-sid', 128]],
  )
})

test('where an anycast-SID leads over the way, it is as good as a node-SID; links that nobody else takes are named', () => {
  // source: by hand. a-b costs 1 and a-c 3: the nearest of b and d (both 10.0.1.1) is b. b-d 9 is no shortest path
  // from b (over c: 2 and 2), so it takes its adjacency-SID, 15006.
  const net: Spec = {
    nodes: { a: 1, b: 2, c: 3, d: 4 },
    links: ['a b 1', 'a c 9', 'b c 2', 'b d 9', 'c d 2'],
    anycast: ['b', 'd'],
  }
  const way = path(linesOf(net), '--from', 'a', '--to', 'd', '--via', 'b-d')
  assert.equal(way.status, 0, way.stderr)
  assert.deepEqual(segmentsOf(way), [
    ['node-sid', 'b', 16002, 0],
    ['adjacency-sid', 'd', 15006, 0],
  ])
  assert.match(way.paths[0]?.segments[1]?.reason ?? '', /exactly the link from b to d/)
})

test('all equal paths over an anycast group are two labels', () => {
  // source: by hand. a-b-d and a-c-d and a-e-d all cost 2; only algorithm 0 between a and d: one label, three paths.
  const net: Spec = {
    nodes: { a: 1, b: 2, c: 3, d: 4, e: 5 },
    links: ['a b 1', 'b d 1', 'a c 1', 'c d 1', 'a e 1', 'e d 1'],
  }
  const [way] = path(linesOf(net), '--from', 'a', '--to', 'd', '--algorithm', '0').paths
  assert.deepEqual([way?.paths, way?.hops, way?.cost, way?.links.length], [3, 2, 2, 6])
  assert.deepEqual(
    way?.segments.map(({ label }) => label),
    [16004],
  )
})

const levels: readonly Spec[] = [
  { protocol: 'isis-l1', nodes: { a: 1, b: 2, j: 3 }, links: ['a b 1', 'b j 1', 'a j 9'] },
  { protocol: 'isis-l2', nodes: { j: 3, c: 4, d: 5 }, links: ['j c 1', 'c d 1', 'j d 9'] },
]

test('a path goes over the levels of a network without being told: the list changes level at the node that joins them', () => {
  const input = linesOf(...levels)
  const over = path(input, '--from', 'a', '--to', 'd')
  assert.equal(over.status, 0, over.stderr)
  assert.deepEqual(over.paths[0]?.nodes, ['a', 'b', 'j', 'c', 'd'])
  // Nobody in level 1 knows the SID of d.
  assert.deepEqual(segmentsOf(over), [
    ['node-sid', 'j', 16003, 0],
    ['node-sid', 'd', 16005, 0],
  ])
  const alone = path(input, '--from', 'a', '--to', 'd', '--instance', 'isis-l1/0')
  assert.equal(alone.status, 2)
  assert.match(alone.stderr, /no node "d"/)
  const wrong = path(input, '--from', 'a', '--to', 'd', '--instance', 'isis-l3/0')
  assert.match(wrong.stderr, /no IGP instance "isis-l3\/0"[\s\S]*did you mean "isis-l[12]\/0"/)
})

test('instances that no node joins: the one that has both ends is taken, or the error names those to choose from', () => {
  const [first, second] = levels as readonly [Spec, Spec]
  const apart = linesOf(first, { ...second, nodes: { k: 13, c: 4, d: 5 }, links: ['k c 1', 'c d 1'] })
  const inside = path(apart, '--from', 'c', '--to', 'k')
  assert.equal(inside.status, 0, inside.stderr)
  assert.deepEqual(inside.paths[0]?.nodes, ['c', 'k'])
  const across = path(apart, '--from', 'a', '--to', 'd')
  assert.equal(across.status, 2)
  assert.match(across.stderr, /none of the 2 IGP instances has a and d in it, and no node joins them/)
  assert.match(across.stderr, /instances: isis-l1\/0, isis-l2\/0/)
})

test('a list that the headend cannot push is told, with what would help', () => {
  const net: Spec = {
    nodes: { a: 1, b: 2, c: 3, d: 4 },
    links: ['a b 9', 'b c 9', 'c d 9', 'a c 1', 'b d 1', 'a d 1'],
    msd: 2,
  }
  const way = path(linesOf(net), '--from', 'a', '--to', 'd', '--via', 'a-b', '--via', 'b-c', '--via', 'c-d')
  assert.equal(way.status, 0, way.stderr)
  assert.equal(way.paths[0]?.msd, 2)
  assert.equal(way.paths[0]?.segments.length, 3)
  assert.match(way.stderr, /3 labels, and a can push 2: a binding-SID/)
})
