import type { ToolIo } from '@segchain/cli-kit'
import {
  advertisedNetwork,
  advertisedTopologies,
  type ConstrainedPath,
  constrainedPath,
  disjointPair,
  encodePath,
  type Graph,
  type LabelNetwork,
  type Margin,
  type PathConstraints,
  pathsWithin,
  type Snapshot,
} from '@segchain/path-engine'
import { type PathRecord, SegchainError } from '@segchain/records'
import { shortestDag } from '../analysis/algorithm-dag.js'
import { adjacencyKnowledge } from '../analysis/describe-segments.js'
import { isLinkName, linksNamed } from '../analysis/links-named.js'
import { nodeNamed } from '../analysis/node-named.js'
import { dagRecord, noPathRecord, pathRecord, type Sids, sidsOf } from '../analysis/path-record.js'
import type PathCommand from '../commands/path.js'
import { graphBetween } from './graph-named.js'
import { modelOf } from './load-model.js'
import { readTopology } from './read-topology.js'

type Io = ToolIo<typeof PathCommand>
type PathFlags = Io['flags']

/** Paths within a margin that are looked at. */
const MOST_PATHS = 256

export async function runPath(io: Io): Promise<void> {
  const { flags } = io
  const topology = await readTopology(io, io.args.topology)
  const plane = flags['data-plane']
  const network = await networkOf(io, topology, plane)
  const { graph } = network
  const ends = [nodeNamed(graph, flags.from), nodeNamed(graph, flags.to)] as const
  const sids = sidsOf(network, topology, plane)
  const constraints = constraintsOf(graph, flags)
  const found =
    flags.algorithm === undefined
      ? constrainedPaths(sids, ends, constraints, flags)
      : [algorithmPath(sids, ends, flags.algorithm)]
  const out = await io.open()
  for (const one of found) {
    if (one !== undefined) warnOfDepth(io, one)
    await out.write(one ?? noPathRecord(graph, ...ends, constraints))
  }
  io.exitCode = found.includes(undefined) ? 3 : 0
  await out.end({ outcome: io.exitCode === 0 ? 'ok' : 'failed', exitCode: io.exitCode })
}

/** As it is, or as the intents make it: with their Flex-Algos, and the SIDs of those. */
async function networkOf(io: Io, topology: Snapshot, plane: 'mpls' | 'srv6'): Promise<LabelNetwork> {
  const { intents, instance, from, to, 'multi-topology': multiTopologyId } = io.flags
  if (intents !== undefined) return (await modelOf(io, intents, topology)).network
  return advertisedNetwork(graphBetween(topology, instance, [from, to], plane, multiTopologyId), topology.prefixes)
}

function constrainedPaths(
  sids: Sids,
  [from, to]: readonly [number, number],
  constraints: PathConstraints,
  flags: PathFlags,
): (PathRecord | undefined)[] {
  const { graph } = sids.network
  const { disjoint } = flags
  const margin = flags.margin === undefined ? undefined : parseMargin(flags.margin)
  const best = margin === undefined ? undefined : constrainedPath(graph, from, to, constraints)?.cost
  const paths =
    margin !== undefined
      ? withFewestSegments(sids, pathsWithin(graph, from, to, constraints, margin, MOST_PATHS), flags.paths ?? 1)
      : disjoint === undefined
        ? [constrainedPath(graph, from, to, constraints)]
        : (disjointPair(graph, from, to, disjoint, constraints) ?? [undefined])
  return paths.map((path, rank) => (path === undefined ? undefined : pathRecord(sids, path, rank, best)))
}

function algorithmPath(sids: Sids, ends: readonly [number, number], algorithm: number): PathRecord | undefined {
  const { network } = sids
  const topology = network.topology(algorithm)
  if (topology === undefined) {
    const { topologies, unsupported } = advertisedTopologies(network.graph)
    throw new SegchainError({
      category: 'usage',
      code: 'UNKNOWN_ALGORITHM',
      message: unsupported.get(algorithm) ?? `nobody defines algorithm ${algorithm}`,
      hint: `algorithms of this network: ${[...topologies.keys()].join(', ')}; or --intents DIR with its FlexAlgo`,
    })
  }
  const dag = shortestDag(topology, ...ends)
  return dag === undefined ? undefined : dagRecord(sids, dag, ends, algorithm)
}

function warnOfDepth({ log }: Io, { from, to, segments, msd, whyNoSegments }: PathRecord): void {
  if (whyNoSegments !== undefined) log.warn(`${from} to ${to}: ${whyNoSegments}`)
  if (msd === undefined || segments.length <= msd) return
  log.warn(
    `${from} to ${to}: the list has ${segments.length} labels, and ${from} can push ${msd}: a binding-SID on the way has to stand for the last ${segments.length - msd + 1}`,
  )
}

/** Those with the shortest segment lists, of equal ones the cheapest; what no list can force comes last. */
function withFewestSegments(
  { distances, network }: Sids,
  paths: readonly ConstrainedPath[],
  count: number,
): readonly (ConstrainedPath | undefined)[] {
  const hasAdjacencySid = adjacencyKnowledge(network.graph)
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
