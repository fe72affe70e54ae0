import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Snapshot, snapshotOf } from '@segchain/path-engine'
import type { LinkRecord, StreamRecord } from '@segchain/records'
import { compile, emptyLock, parseIntents } from '../src/index.js'

const instance = { protocol: 'isis-l2', instanceId: '0' } as const
const routers = ['h', 'a', 'b', 'e', 'x']

/** h has a and b at 10; a, b and e are on a LAN at 10; b leads to x at 20, and x to e. */
function network(): Snapshot {
  const link = (localNode: string, remoteNode: string, igpMetric: number): LinkRecord => ({
    ...{ kind: 'link', id: `${localNode}-${remoteNode}`, ...instance, localNode, remoteNode, igpMetric },
  })
  const both = (a: string, b: string, metric: number) => [link(a, b, metric), link(b, a, metric)]
  return snapshotOf([
    ...routers.flatMap((name, i): StreamRecord<'segchain.topology/1'>[] => [
      { kind: 'node', id: name, ...instance, name, routerId: name, srgb: [{ first: 16_000, size: 8000 }] },
      {
        ...{ kind: 'prefix', id: `p${i}`, ...instance, node: name, prefix: `10.0.0.${i}/32`, metric: 0 },
        prefixSids: [{ algorithm: 0, index: i, flags: ['node', 'no-php'] }],
      },
    ]),
    { kind: 'node', id: 'lan', ...instance, routerId: 'a.02', pseudonode: true },
    ...['a', 'b', 'e'].flatMap((name) => [link(name, 'lan', 10), link('lan', name, 0)]),
    ...[both('h', 'a', 10), both('h', 'b', 10), both('b', 'x', 20), both('x', 'e', 20)].flat(),
  ])
}

const intent = (kind: string, name: string, spec: string) =>
  `apiVersion: segchain/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`
const intents = [
  ...routers.map((name) => intent('Device', name, '{ address: 192.0.2.1, dialect: ietf }')),
  intent('Network', 'n', '{ loopbacks: 10.254.0.0/24 }'),
  ...['a', 'b'].flatMap((node, i) => [
    intent('Service', `on-${node}`, `{ type: vnf, instances: [{ name: one, node: ${node}, attachment: eth9 }] }`),
    intent('Chain', `over-${node}`, `{ services: [on-${node}]${i === 0 ? '' : ', disjointFrom: [over-a]'} }`),
    intent(
      'Steering',
      node,
      `{ headend: h, endpoint: e, color: ${i + 1}, chain: over-${node}, match: { dscp: ${i} } }`,
    ),
  ]),
].join('---\n')

test('two chains share the link from a LAN to the router behind it, from whichever router of the LAN they come', () => {
  // source: by hand. Both would end over the LAN's link to e; a has no other way, so the one over b goes by x.
  const { intents: set } = parseIntents([{ file: 'a.yaml', text: intents }])
  const input = { intents: set, lock: emptyLock, topology: network(), mayAllocate: true, unreachable: 'error' } as const
  const { plan, errors } = compile(input)
  assert.deepEqual(errors, [])
  const ways = plan?.elements.flatMap((element) => {
    if (element.kind !== 'sr-policy') return []
    const [list] = element.candidatePaths[0]?.segmentLists ?? []
    return [[...new Set(list?.hops.map((hop) => hop.name))].join(' ')]
  })
  assert.deepEqual(ways, ['h a e', 'h b x e'])
})
