import type { RecordWriter, ToolIo } from '@segchain/cli-kit'
import {
  type AlgorithmTopology,
  advertisedSids,
  advertisedSrv6Sids,
  advertisedTopologies,
  coverageOf,
  DistanceCache,
  endingSids,
  type Graph,
  linkAt,
  nodeAt,
  nodeName,
  type PrefixSidEntry,
  type Protection,
  type Repair,
  repairsOf,
  type Srv6Sid,
  scopedTopology,
} from '@segchain/path-engine'
import { type RepairRecord, SegchainError } from '@segchain/records'
import { adjacencyKnowledge, describeSegments } from '../analysis/describe-segments.js'
import { describeSrv6, endXKnowledge } from '../analysis/describe-srv6.js'
import { nodeNamed } from '../analysis/node-named.js'
import type TilfaCommand from '../commands/tilfa.js'
import { graphNamedOrJoined } from './graph-named.js'
import { loadModel } from './load-model.js'
import { readTopology } from './read-topology.js'

export async function runTilfa(io: ToolIo<typeof TilfaCommand>): Promise<void> {
  const chosen = await chosenTopology(io)
  const { joined } = chosen.topology.graph
  const out = await io.open()
  if (joined === undefined) await writeRepairs(io, out, chosen)
  // A failure is repaired within its area or level (RFC 9855 §2): each by itself.
  for (const [scope, name] of joined?.names.entries() ?? []) {
    await writeRepairs(io, out, { ...chosen, topology: scopedTopology(chosen.topology, scope), name })
  }
  await out.end({ outcome: 'ok' })
}

interface Domain extends Sids {
  readonly topology: AlgorithmTopology
  /** Of one among several. */
  readonly name?: string
}

async function writeRepairs(
  { flags }: ToolIo<typeof TilfaCommand>,
  out: RecordWriter<'segchain.analysis/1'>,
  { topology, sids, srv6, name: domain }: Domain,
): Promise<void> {
  const { graph, algorithm, weights } = topology
  const { protect, root: roots } = flags
  const hasAdjacencySid = srv6 === undefined ? adjacencyKnowledge(graph) : endXKnowledge(srv6, algorithm)
  const distances = new DistanceCache(topology)
  const chosen =
    roots?.map((name) => nodeNamed(graph, name)) ??
    graph.nodes.filter((node) => !node.pseudonode).map((node) => node.index)
  for (const root of chosen) {
    const all: Repair[] = []
    const links = graph.links.slice(graph.offsets[root], graph.offsets[root + 1])
    const usable = links.filter(({ index }) => Number.isFinite(weights[index] as number))
    if (domain !== undefined && usable.length === 0) continue
    for (const { index: link } of usable) {
      const repairs = repairsOf(distances, link, protect, { hasAdjacencySid })
      all.push(...repairs)
      if (flags.summary) continue
      for (const repair of repairs)
        await out.write(repairRecord(graph, { sids, srv6 }, repair, { link, protect, algorithm }))
    }
    const name = nodeName(nodeAt(graph, root))
    const coverage = coverageOf(all)
    await out.write({
      kind: 'coverage',
      id: `coverage:${name}:${algorithm}:${protect}${domain === undefined ? '' : `:${domain}`}`,
      root: name,
      algorithm,
      protection: protect,
      ...coverage,
      bySegments: [...coverage.bySegments],
    })
  }
}

interface Sids {
  readonly sids: readonly PrefixSidEntry[]
  /** When repairs are written in them. */
  readonly srv6: readonly Srv6Sid[] | undefined
}

async function chosenTopology(io: ToolIo<typeof TilfaCommand>): Promise<Sids & { topology: AlgorithmTopology }> {
  const { intents, algorithm, 'data-plane': plane } = io.flags
  if (intents !== undefined) {
    const { model } = await loadModel(io, intents, io.args.topology)
    const topology = model.network.topology(algorithm)
    if (topology !== undefined)
      return { topology, sids: model.sids, srv6: plane === 'srv6' ? model.srv6.network.sids : undefined }
  } else {
    const snapshot = await readTopology(io, io.args.topology)
    const graph = graphNamedOrJoined(snapshot, io.flags.instance, io.flags['multi-topology'])
    const { topologies } = advertisedTopologies(graph)
    const topology = topologies.get(algorithm)
    const srv6 = plane === 'srv6' ? advertisedSrv6Sids(graph, snapshot.srv6Sids) : undefined
    if (topology !== undefined) {
      return { topology, sids: endingSids(advertisedSids(graph, snapshot.prefixes, topologies)), srv6 }
    }
  }
  throw new SegchainError({
    category: 'usage',
    code: 'UNKNOWN_ALGORITHM',
    message: `nobody defines algorithm ${algorithm}`,
    hint: 'name the directory of intents with its FlexAlgo: --intents DIR',
  })
}

function repairRecord(
  graph: Graph,
  { sids, srv6 }: Sids,
  repair: Repair,
  about: { readonly link: number; readonly protect: Protection; readonly algorithm: number },
): RepairRecord {
  const name = (node: number): string => nodeName(nodeAt(graph, node))
  const protectedLink = linkAt(graph, about.link)
  const [root, neighbor, destination] = [
    protectedLink.from,
    repair.neighbor ?? protectedLink.to,
    repair.destination,
  ].map(name) as [string, string, string]
  // The first router of the way; over a LAN it comes after the pseudonode.
  const first = repair.path.map((index) => linkAt(graph, index).to).find((node) => !nodeAt(graph, node).pseudonode)
  return {
    kind: 'repair',
    id: `repair:${root}:${protectedLink.record.id}:${repair.neighbor === undefined ? '' : `${neighbor}:`}${about.protect}:${about.algorithm}:${destination}`,
    root,
    algorithm: about.algorithm,
    protection: about.protect,
    link: protectedLink.record.id,
    neighbor,
    destination,
    repair: repair.kind,
    ...(first === undefined ? {} : { nextHop: name(first) }),
    ...(srv6 === undefined
      ? { segments: describeSegments(graph, sids, repair.segments, first ?? protectedLink.from, about.algorithm) }
      : describeSrv6(graph, srv6, repair.segments, about.algorithm)),
    nodes: repair.path.length === 0 ? [] : [root, ...repair.path.map((index) => name(linkAt(graph, index).to))],
    ...(repair.why === undefined ? {} : { why: repair.why }),
  }
}
