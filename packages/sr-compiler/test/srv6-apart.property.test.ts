import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Snapshot } from '@segchain/path-engine'
import fc from 'fast-check'
import { compile, emptyLock, parseIntents } from '../src/index.js'
import { halvesOf, randomOf, topologyOf } from './support/random-network.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 150)
const instance = { protocol: 'isis-l2', instanceId: '0' } as const
const structure = (functionBits: number) => ({
  ...{ locatorBlockBits: 32, locatorNodeBits: 16 },
  ...{ functionBits, argumentBits: 80 - functionBits },
})

/** Every node has a locator with an End micro-SID, every link an End.X and an adjacency-SID. */
function bothPlanes(topology: Snapshot): Snapshot {
  const number = (node: string): number => Number(node.slice(1)) + 1
  const end = { behavior: 57, flags: [], algorithm: 0, weight: 0, structure: structure(16) }
  return {
    ...topology,
    links: topology.links.map((link, i) => ({
      ...link,
      maxBandwidthBytesPerSec: 100,
      adjacencySids: [{ label: 900_000 + i, flags: [], weight: 0 }],
      srv6EndXSids: [{ ...end, sid: `fcbb:bb00:${number(link.localNode)}:${(0xe000 + i).toString(16)}::` }],
    })),
    prefixes: [
      // A label that does not arrive is another matter.
      ...topology.prefixes.map((prefix) => ({
        ...prefix,
        prefixSids: (prefix.prefixSids ?? []).map((sid) => ({ ...sid, flags: [...sid.flags, 'no-php' as const] })),
      })),
      ...topology.nodes.map(({ id }) => ({
        ...{ kind: 'prefix' as const, id: `locator:${id}`, ...instance, node: id, metric: 0 },
        prefix: `fcbb:bb00:${number(id)}::/48`,
        srv6Locator: { flags: [], algorithm: 0, metric: 0 },
      })),
    ],
    srv6Sids: topology.nodes.map(({ id }) => ({
      ...{ kind: 'srv6-sid' as const, id: `srv6-sid:${id}`, ...instance, node: id },
      ...{ sid: `fcbb:bb00:${number(id)}::`, behavior: 48, algorithm: 0, structure: structure(0) },
    })),
  }
}

const written = (kind: string, name: string, spec: string): string =>
  `apiVersion: segchain/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`

interface Extra {
  readonly pinned: boolean
  /** Chains keep apart, the first from each of the others. */
  readonly level?: string
  /** What each of them brings to instances and links that can take 100. */
  readonly demand?: string
}

/** Two or three chains. */
function intentsOf(size: number, chains: number, extra: Extra, pick: (most: number) => number) {
  const { pinned, level, demand } = extra
  const documents = [
    written(
      'Network',
      'network',
      '{ loopbacks: 10.128.0.0/16, sidIndexes: { first: 100, last: 999 }, dataPlane: PLANE, srv6: { blocks: {"0": "fcbb:bb00::/32"} } }',
    ),
  ]
  for (let node = 0; node < size; node += 1) documents.push(written('Device', `n${node}`, '{ srv6: true }'))
  for (let service = 0; service < 2; service += 1) {
    const first = pick(size)
    const nodes = [first, (first + 1 + pick(size - 1)) % size]
    const instances = nodes.map((node, i) => `{ name: i${i}, node: n${node}, attachment: x, capacity: 100 }`).join(', ')
    documents.push(written('Service', `s${service}`, `{ type: vnf, instances: [${instances}] }`))
  }
  const others = Array.from({ length: chains - 1 }, (_, i) => `c${i + 1}`).join(', ')
  for (let chain = 0; chain < chains; chain += 1) {
    const headend = pick(size)
    const endpoint = (headend + 1 + pick(size - 1)) % size
    const services = ['[s0]', '[s0, s1]', '[s1, { service: s0, optional: true }]'][pick(3)]
    const apart = chain === 0 && level !== undefined ? `, disjointFrom: [${others}], disjointness: ${level}` : ''
    documents.push(
      written('Chain', `c${chain}`, `{ services: ${services}${pinned ? ', mode: pinned' : ''}${apart} }`),
      written(
        'Steering',
        `t${chain}`,
        `{ headend: n${headend}, endpoint: n${endpoint}, color: ${chain + 1}, chain: c${chain}, match: { dscp: ${chain} }${demand === undefined ? '' : `, demand: ${demand}`} }`,
      ),
    )
  }
  return documents.join('---\n')
}

function planOf(text: string, plane: string, topology: Snapshot) {
  const { intents, errors } = parseIntents([{ file: 'intents.yaml', text: text.replace('PLANE', plane) }])
  assert.deepEqual(errors, [])
  const input = { intents, lock: emptyLock, topology, mayAllocate: true, unreachable: 'warn', failover: 'off' } as const
  const result = compile(input)
  const ways = (result.plan?.elements ?? []).flatMap((one) => {
    if (one.kind !== 'sr-policy' && one.kind !== 'srv6-policy') return []
    const [list] = one.candidatePaths[0]?.segmentLists ?? []
    const nodes = [...new Set(list?.hops.map(({ node }) => node))].sort()
    const isMoved = one.rejected.some(({ why }) => why.includes('would '))
    return [{ chain: one.chain, cost: list?.cost, nodes, services: one.services, isMoved }]
  })
  return { codes: [...new Set(result.errors.map(({ code }) => code))].sort(), ways, errors: result.errors }
}

const seen = { moved: 0, refused: 0, other: 0 }

function compare(size: number, seed: number, chains: number, extra: Extra, refusal: string): void {
  const pick = randomOf(seed)
  const topology = bothPlanes(topologyOf(size, halvesOf(size, pick), false, false))
  const text = intentsOf(size, chains, extra, pick)
  const [mpls, srv6] = [planOf(text, 'mpls', topology), planOf(text, 'srv6', topology)]
  // What is special to labels.
  if (mpls.codes.length > 0 && mpls.codes.join() !== refusal) {
    seen.other += 1
    return
  }
  assert.deepEqual(srv6.codes, mpls.codes, srv6.errors.map(({ message }) => message).join('\n'))
  assert.deepEqual(srv6.ways, mpls.ways)
  if (mpls.codes.length > 0) seen.refused += 1
  else if (mpls.ways.some(({ isMoved }) => isMoved)) seen.moved += 1
  else seen.other += 1
}

test('SRv6 chains that keep apart take the ways that label stacks take, over the same services, at the same cost', () => {
  fc.assert(
    fc.property(
      fc.record({
        size: fc.integer({ min: 4, max: 9 }),
        seed: fc.integer({ min: 1, max: 1_000_000 }),
        chains: fc.integer({ min: 2, max: 3 }),
        level: fc.constantFrom('link', 'node'),
        pinned: fc.boolean(),
      }),
      ({ size, seed, chains, ...extra }) => compare(size, seed, chains, extra, 'NOT_DISJOINT'),
    ),
    { numRuns },
  )
})

test('pinned SRv6 chains are placed by capacity as label stacks are', () => {
  fc.assert(
    fc.property(
      fc.record({
        size: fc.integer({ min: 4, max: 9 }),
        seed: fc.integer({ min: 1, max: 1_000_000 }),
        chains: fc.integer({ min: 2, max: 3 }),
        demand: fc.constantFrom('{ flows: 60 }', '{ bandwidthBytesPerSec: 60 }'),
      }),
      ({ size, seed, chains, demand }) => compare(size, seed, chains, { pinned: true, demand }, 'OVER_CAPACITY'),
    ),
    { numRuns },
  )
})

test('in those runs chains were moved apart, and some could not be', () => {
  assert.ok(seen.moved * 10 > numRuns && seen.refused * 20 > numRuns, JSON.stringify(seen))
})
