import { type Snapshot, snapshotOf } from '@segchain/path-engine'
import type { LinkRecord, StreamRecord } from '@segchain/records'

const instance = { protocol: 'isis-l2', instanceId: '0' } as const

export interface Half {
  readonly from: number
  readonly to: number
  readonly metric: number
  readonly delay: number
  readonly red: boolean
  readonly up: boolean
}

export function randomOf(seed: number): (most: number) => number {
  let state = seed
  return (most) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return (state >> 8) % most
  }
}

/** Links in pairs: number 2i one way, 2i + 1 back. */
export function halvesOf(size: number, pick: (most: number) => number): Half[] {
  const pairs: (readonly [number, number])[] = Array.from({ length: size }, (_, node) => [node, (node + 1) % size])
  for (let extra = pick(size); extra > 0; extra -= 1) {
    const from = pick(size)
    pairs.push([from, (from + 1 + pick(size - 1)) % size])
  }
  return pairs.flatMap(([a, b]) => {
    const [metric, delay, red] = [1 + pick(6), 1 + pick(6), pick(8) === 0]
    return [
      { from: a, to: b, metric, delay, red, up: true },
      { from: b, to: a, metric, delay, red, up: true },
    ]
  })
}

/** Routers 0, 1 and 2, whose first links lead to a LAN when there is one. */
const ON_LAN: readonly number[] = [0, 1, 3]

/** `known`: records that were seen, which a stream that goes on does not make anew. `lan`: the first two pairs of links are one LAN. */
export function topologyOf(
  size: number,
  halves: readonly Half[],
  overload: boolean,
  adjacency: boolean,
  known?: Map<string, StreamRecord<'segchain.topology/1'>>,
  lan = false,
): Snapshot {
  const records: StreamRecord<'segchain.topology/1'>[] = []
  if (lan) records.push({ kind: 'node', id: 'lan', ...instance, routerId: 'n0.01', pseudonode: true })
  for (let node = 0; node < size; node += 1) {
    records.push(
      {
        ...{ kind: 'node', id: `n${node}`, ...instance, name: `n${node}`, routerId: `n${node}` },
        srgb: [{ first: 16_000, size: 8000 }],
        ...(overload && node === 1 ? { flags: ['overload'] } : {}),
      },
      {
        ...{ kind: 'prefix', id: `p${node}`, ...instance, node: `n${node}`, prefix: `10.0.0.${node}/32`, metric: 0 },
        prefixSids: [{ algorithm: 0, index: node, flags: ['node'] }],
      },
    )
  }
  halves.forEach(({ from, to, metric, delay, red, up }, i) => {
    const isLan = lan && i < 4
    if (!up || (isLan && !ON_LAN.includes(i))) return
    if (isLan) {
      const ends = { localNode: 'lan', remoteNode: `n${from}` }
      records.push({ kind: 'link', id: `lan-${i}`, ...instance, ...ends, igpMetric: 0 })
    }
    const link: LinkRecord = {
      ...{ kind: 'link', id: `l${i}`, ...instance, localNode: `n${from}`, remoteNode: isLan ? 'lan' : `n${to}` },
      ...(isLan
        ? {}
        : { localAddresses: [`172.16.${i >> 1}.${i & 1}`], remoteAddresses: [`172.16.${i >> 1}.${1 - (i & 1)}`] }),
      igpMetric: metric,
      minDelayUs: delay,
      ...(red ? { adminGroups: [0] } : {}),
      ...(adjacency ? { adjacencySids: [{ label: i % 3 === 0 ? 16_000 + i : 15_000 + i, flags: [], weight: 0 }] } : {}),
    }
    records.push(link)
  })
  if (known === undefined) return snapshotOf(records)
  return snapshotOf(
    records.map((record) => {
      const text = JSON.stringify(record)
      const same = known.get(text) ?? record
      known.set(text, same)
      return same
    }),
  )
}

export function intentsOf(size: number, pick: (most: number) => number): string {
  const intent = (kind: string, name: string, spec: string): string =>
    `apiVersion: segchain/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`
  const documents = [
    intent(
      'Network',
      'network',
      '{ loopbacks: 10.128.0.0/16, sidIndexes: { first: 100, last: 999 }, affinities: { red: 0 } }',
    ),
    intent('FlexAlgo', 'fast', '{ algorithm: 128, metric: min-delay, affinities: { excludeAny: [red] } }'),
  ]
  for (let node = 0; node < size; node += 1) documents.push(intent('Device', `n${node}`, '{}'))
  for (let service = 0; service < 3; service += 1) {
    const first = pick(size)
    const nodes = [first, (first + 1 + pick(size - 1)) % size]
    const instances = nodes.map((node, i) => `{ name: i${i}, node: n${node}, attachment: x }`).join(', ')
    documents.push(intent('Service', `s${service}`, `{ type: vnf, instances: [${instances}] }`))
  }
  const steps = ['[s0, s1]', '[{ anyOf: [s0, s1] }, s2]', '[s1, { service: s2, optional: true }]']
  for (let chain = 0; chain < 6; chain += 1) {
    const fields = [
      `services: ${steps[chain % 3]}`,
      ...(pick(2) === 0 ? ['algorithm: 128'] : []),
      ...(pick(3) === 0 ? ['mode: pinned'] : []),
      ...(pick(6) === 0 ? ['bounds: { delayUs: 60 }'] : []),
    ]
    const headend = pick(size)
    const endpoint = (headend + 1 + pick(size - 1)) % size
    documents.push(
      intent('Chain', `c${chain}`, `{ ${fields.join(', ')} }`),
      intent(
        'Steering',
        `t${chain}`,
        `{ headend: n${headend}, endpoint: n${endpoint}, color: ${1 + (chain % 4)}, preference: ${100 + chain}, chain: c${chain}, match: { dscp: ${chain} } }`,
      ),
    )
  }
  return documents.join('---\n')
}
