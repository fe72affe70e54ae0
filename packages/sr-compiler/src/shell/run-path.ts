import type { ToolIo } from '@segchain/cli-kit'
import {
  advertisedSids,
  type ConstrainedPath,
  constrainedPath,
  DistanceCache,
  disjointPair,
  encodePath,
  type Graph,
  igpTopology,
  linkAt,
  nodeAt,
  nodeName,
  type PathConstraints,
  type PrefixSidEntry,
  whyNoPath,
} from '@segchain/path-engine'
import type { NoPathRecord, PathRecord } from '@segchain/records'
import { adjacencyKnowledge, describeSegments } from '../analysis/describe-segments.js'
import type PathCommand from '../commands/path.js'
import { graphNamed } from './graph-named.js'
import { nodeNamed } from './node-named.js'
import { readTopology } from './read-topology.js'

export async function runPath(io: ToolIo<typeof PathCommand>): Promise<void> {
  const topology = await readTopology(io, io.args.topology)
  const graph = graphNamed(topology, io.flags.instance)
  const from = nodeNamed(graph, io.flags.from)
  const to = nodeNamed(graph, io.flags.to)
  const constraints = constraintsOf(graph, io.flags)
  const { disjoint } = io.flags
  const paths =
    disjoint === undefined
      ? [constrainedPath(graph, from, to, constraints)]
      : (disjointPair(graph, from, to, disjoint, constraints) ?? [undefined])
  const sids = advertisedSids(graph, topology.prefixes)
  const distances = new DistanceCache(igpTopology(graph))
  const out = await io.open()
  let found = true
  for (const [rank, path] of paths.entries()) {
    found &&= path !== undefined
    await out.write(path === undefined ? noPath(graph, from, to, constraints) : pathRecord(distances, sids, path, rank))
  }
  io.exitCode = found ? 0 : 3
  await out.end({ outcome: found ? 'ok' : 'failed', exitCode: io.exitCode })
}

type PathFlags = ToolIo<typeof PathCommand>['flags']

function constraintsOf(graph: Graph, flags: PathFlags): PathConstraints {
  const given = {
    minimize: flags.minimize,
    excludeAny: flags['exclude-any'],
    includeAny: flags['include-any'],
    includeAll: flags['include-all'],
    excludeSrlgs: flags['exclude-srlg'],
    excludeNodes: flags['exclude-node']?.map((name) => nodeNamed(graph, name)),
    via: flags.via?.map((name) => nodeNamed(graph, name)),
    maxDelayUs: flags['max-delay'],
    maxHops: flags['max-hops'],
    maxIgpMetric: flags['max-metric'],
    bandwidthBytesPerSec: flags.bandwidth,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function pathRecord(
  distances: DistanceCache,
  sids: readonly PrefixSidEntry[],
  path: ConstrainedPath,
  rank: number,
): PathRecord {
  const { graph } = distances.topology
  const name = (node: number): string => nodeName(nodeAt(graph, node))
  const segments = encodePath(distances, path.links, { hasAdjacencySid: adjacencyKnowledge(graph) }) ?? []
  const [first = -1] = path.nodes
  const from = name(first)
  const to = name(path.nodes.at(-1) ?? -1)
  const finite = (key: 'igpMetric' | 'teMetric') => (Number.isFinite(path[key]) ? { [key]: path[key] } : {})
  return {
    kind: 'path',
    id: `path:${from}:${to}:${rank}`,
    from,
    to,
    nodes: path.nodes.map(name),
    links: path.links.map((index) => linkAt(graph, index).record.id),
    cost: path.cost,
    ...finite('igpMetric'),
    ...finite('teMetric'),
    ...(path.delayUs === undefined ? {} : { delayUs: path.delayUs }),
    hops: path.hops,
    segments: describeSegments(graph, sids, segments, first),
  }
}

function noPath(graph: Graph, from: number, to: number, constraints: PathConstraints): NoPathRecord {
  const name = (node: number): string => nodeName(nodeAt(graph, node))
  const why = whyNoPath(graph, from, to, constraints)
  return {
    kind: 'no-path',
    id: `no-path:${name(from)}:${name(to)}`,
    from: name(from),
    to: name(to),
    disconnected: why.disconnected,
    cut: why.cut,
    relaxations: why.relaxations.map(({ constraint, change, path }) => ({
      constraint,
      change,
      cost: path.cost,
      nodes: path.nodes.map(name),
    })),
  }
}
