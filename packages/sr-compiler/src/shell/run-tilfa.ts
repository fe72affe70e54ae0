import type { ToolIo } from '@segchain/cli-kit'
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
} from '@segchain/path-engine'
import { type RepairRecord, SegchainError } from '@segchain/records'
import { adjacencyKnowledge, describeSegments } from '../analysis/describe-segments.js'
import { describeSrv6, endXKnowledge } from '../analysis/describe-srv6.js'
import type TilfaCommand from '../commands/tilfa.js'
import { graphNamed } from './graph-named.js'
import { loadModel } from './load-model.js'
import { nodeNamed } from './node-named.js'
import { readTopology } from './read-topology.js'

export async function runTilfa(io: ToolIo<typeof TilfaCommand>): Promise<void> {
  const { topology, sids, srv6 } = await chosenTopology(io)
  const { graph, algorithm } = topology
  const { protect, root: roots } = io.flags
  const hasAdjacencySid = srv6 === undefined ? adjacencyKnowledge(graph) : endXKnowledge(srv6, algorithm)
  const distances = new DistanceCache(topology)
  const out = await io.open()
  const chosen =
    roots?.map((name) => nodeNamed(graph, name)) ??
    graph.nodes.filter((node) => !node.pseudonode).map((node) => node.index)
  for (const root of chosen) {
    const all: Repair[] = []
    const end = graph.offsets[root + 1] as number
    for (let link = graph.offsets[root] as number; link < end; link += 1) {
      if (!Number.isFinite(topology.weights[link] as number)) continue
      const repairs = repairsOf(distances, link, protect, { hasAdjacencySid })
      all.push(...repairs)
      if (io.flags.summary) continue
      for (const repair of repairs)
        await out.write(repairRecord(graph, { sids, srv6 }, repair, { link, protect, algorithm }))
    }
    const name = nodeName(nodeAt(graph, root))
    const coverage = coverageOf(all)
    await out.write({
      kind: 'coverage',
      id: `coverage:${name}:${algorithm}:${protect}`,
      root: name,
      algorithm,
      protection: protect,
      ...coverage,
      bySegments: [...coverage.bySegments],
    })
  }
  await out.end({ outcome: 'ok' })
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
    const graph = graphNamed(snapshot, io.flags.instance)
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
