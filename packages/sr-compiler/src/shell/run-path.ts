import type { ToolIo } from '@segchain/cli-kit'
import {
  advertisedSids,
  advertisedSrv6Sids,
  type ConstrainedPath,
  constrainedPath,
  DistanceCache,
  disjointPair,
  encodePath,
  endingSids,
  type Graph,
  igpTopology,
  linkAt,
  type Margin,
  nodeAt,
  nodeName,
  type PathConstraints,
  type PrefixSidEntry,
  pathsWithin,
  type Srv6Sid,
  whyNoPath,
} from '@segchain/path-engine'
import { type NoPathRecord, type PathRecord, SegchainError } from '@segchain/records'
import { adjacencyKnowledge, describeSegments } from '../analysis/describe-segments.js'
import { describeSrv6, endXKnowledge } from '../analysis/describe-srv6.js'
import type PathCommand from '../commands/path.js'
import { graphNamed } from './graph-named.js'
import { isLinkName, linksNamed } from './links-named.js'
import { nodeNamed } from './node-named.js'
import { readTopology } from './read-topology.js'

export async function runPath(io: ToolIo<typeof PathCommand>): Promise<void> {
  const topology = await readTopology(io, io.args.topology)
  const graph = graphNamed(topology, io.flags.instance)
  const from = nodeNamed(graph, io.flags.from)
  const to = nodeNamed(graph, io.flags.to)
  const constraints = constraintsOf(graph, io.flags)
  const { disjoint } = io.flags
  const margin = io.flags.margin === undefined ? undefined : parseMargin(io.flags.margin)
  const sids = endingSids(advertisedSids(graph, topology.prefixes))
  const srv6 = io.flags['data-plane'] === 'srv6' ? advertisedSrv6Sids(graph, topology.srv6Sids) : undefined
  const distances = new DistanceCache(igpTopology(graph))
  const paths =
    margin !== undefined
      ? withFewestSegments(
          distances,
          pathsWithin(graph, from, to, constraints, margin, MOST_PATHS),
          io.flags.paths ?? 1,
        )
      : disjoint === undefined
        ? [constrainedPath(graph, from, to, constraints)]
        : (disjointPair(graph, from, to, disjoint, constraints) ?? [undefined])
  const out = await io.open()
  const best = margin === undefined ? undefined : constrainedPath(graph, from, to, constraints)?.cost
  let found = true
  for (const [rank, path] of paths.entries()) {
    found &&= path !== undefined
    await out.write(
      path === undefined
        ? noPath(graph, from, to, constraints)
        : pathRecord(distances, { sids, srv6 }, path, rank, best),
    )
  }
  io.exitCode = found ? 0 : 3
  await out.end({ outcome: found ? 'ok' : 'failed', exitCode: io.exitCode })
}

/** Paths within a margin that are looked at. */
const MOST_PATHS = 256

/** Those with the shortest segment lists, of equal ones the cheapest; what no list can force comes last. */
function withFewestSegments(
  distances: DistanceCache,
  paths: readonly ConstrainedPath[],
  count: number,
): readonly (ConstrainedPath | undefined)[] {
  const { graph } = distances.topology
  const hasAdjacencySid = adjacencyKnowledge(graph)
  const ranked = paths
    .map((path) => ({ path, length: encodePath(distances, path.links, { hasAdjacencySid })?.length ?? 1000 }))
    .sort((a, b) => a.length - b.length || a.path.cost - b.path.cost)
    .map(({ path }) => path)
  return ranked.length === 0 ? [undefined] : ranked.slice(0, count)
}

function parseMargin(text: string): Margin {
  const match = /^([0-9]{1,7})(%?)$/.exec(text)
  const [, number = '', percent = ''] = match ?? []
  if (match !== null) return percent === '' ? { absolute: Number(number) } : { percent: Number(number) }
  throw new SegchainError({
    category: 'usage',
    code: 'BAD_MARGIN',
    message: `"${text}" is no margin`,
    hint: 'a number in the metric, or per cent of the best: 20, or 10%',
  })
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
    excludeLinks: flags['exclude-link']?.flatMap((name) => {
      const links = linksNamed(graph, name)
      return [...links, ...linksNamed(graph, name, 'back')]
    }),
    via: flags.via?.map((name) =>
      isLinkName(graph, name) ? { links: linksNamed(graph, name) } : nodeNamed(graph, name),
    ),
    maxDelayUs: flags['max-delay'],
    maxHops: flags['max-hops'],
    maxIgpMetric: flags['max-metric'],
    bandwidthBytesPerSec: flags.bandwidth,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function pathRecord(
  distances: DistanceCache,
  { sids, srv6 }: { readonly sids: readonly PrefixSidEntry[]; readonly srv6: readonly Srv6Sid[] | undefined },
  path: ConstrainedPath,
  rank: number,
  best: number | undefined,
): PathRecord {
  const { graph } = distances.topology
  const name = (node: number): string => nodeName(nodeAt(graph, node))
  const hasAdjacencySid = srv6 === undefined ? adjacencyKnowledge(graph) : endXKnowledge(srv6)
  const segments = encodePath(distances, path.links, { hasAdjacencySid }) ?? []
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
    ...(best === undefined ? {} : { aboveBest: path.cost - best }),
    ...(srv6 === undefined
      ? { segments: describeSegments(graph, sids, segments, first) }
      : describeSrv6(graph, srv6, segments)),
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
