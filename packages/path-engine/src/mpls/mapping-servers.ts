import type { PrefixRecord, PrefixSid } from '@segchain/records'
import { type Graph, nodeAt } from '../graph/graph.js'
import { type PrefixNumber, prefixNumber } from './prefix-number.js'

/** What a mapping server says: consecutive prefixes have consecutive indexes. */
interface Mapping extends PrefixNumber {
  readonly size: number
  readonly index: number
  readonly algorithm: number
  /** 0 to 255, the highest counts; of equal ones the smaller prefix, then the smaller index. */
  readonly preference: number
  readonly scope: number | undefined
}

/** RFC 8661 §3.2.3: of a server that tells none. */
const DEFAULT_PREFERENCE = 128

/** The prefix-SIDs that a record gives to the prefix on its own node: not those of a mapping server. */
export function nativeSids({ prefixSids = [] }: PrefixRecord): PrefixSid[] {
  return prefixSids.filter(({ flags }) => !flags.includes('mapping-server'))
}

/**
 * What mapping servers (RFC 8661 §3.2) give to a prefix for which nobody in its area has a prefix-SID: the router that
 * advertises the prefix, perhaps one without segment routing, is where the segment ends, with penultimate hop popping
 * (RFC 8665 §5). A server with preference 0 does not count.
 */
export function mappedSids(graph: Graph, prefixes: readonly PrefixRecord[]): (record: PrefixRecord) => PrefixSid[] {
  const mappings = prefixes.flatMap((record) => mappingsOf(graph, record))
  if (mappings.length === 0) return () => []
  mappings.sort((a, b) => b.preference - a.preference || compare(a.address, b.address) || a.index - b.index)
  const scopeOf = (record: PrefixRecord) => graph.joined?.ofId.get(record.node)
  const native = new Set(
    prefixes.flatMap((record) =>
      nativeSids(record).map(({ algorithm }) => `${scopeOf(record)}|${record.prefix}|${algorithm}`),
    ),
  )
  return (record) => {
    if (record.metric === undefined) return []
    const wanted = prefixNumber(record.prefix)
    const scope = scopeOf(record)
    const given = new Map<number, PrefixSid>()
    for (const mapping of mappings) {
      const { algorithm } = mapping
      const offset = offsetIn(mapping, wanted)
      const isTaken = given.has(algorithm) || native.has(`${scope}|${record.prefix}|${algorithm}`)
      if (offset === undefined || mapping.scope !== scope || isTaken) continue
      given.set(algorithm, { algorithm, index: mapping.index + offset, flags: [] })
    }
    return [...given.values()]
  }
}

function mappingsOf(graph: Graph, record: PrefixRecord): Mapping[] {
  const node = graph.indexOfNode.get(record.node)
  if (node === undefined || (record.multiTopologyId ?? 0) !== graph.multiTopologyId) return []
  const preference = nodeAt(graph, node).record?.srmsPreference ?? DEFAULT_PREFERENCE
  if (preference === 0) return []
  const single = (record.prefixSids ?? []).filter(({ flags }) => flags.includes('mapping-server'))
  const ranges = [{ size: 1, sids: single }, ...(record.sidRanges ?? [])]
  const first = { ...prefixNumber(record.prefix), preference, scope: graph.joined?.ofId.get(record.node) }
  return ranges.flatMap(({ size, sids }) =>
    sids.flatMap(({ algorithm, index }) => (index === undefined ? [] : [{ ...first, size, index, algorithm }])),
  )
}

/** Which prefix of the range it is, from 0. */
function offsetIn(mapping: Mapping, { family, length, address }: PrefixNumber): number | undefined {
  if (mapping.family !== family || mapping.length !== length) return undefined
  const step = 1n << BigInt((family === 4 ? 32 : 128) - length)
  const offset = (address - mapping.address) / step
  return offset >= 0n && address >= mapping.address && offset < BigInt(mapping.size) ? Number(offset) : undefined
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
