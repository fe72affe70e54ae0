import {
  buildGraph,
  formatInstanceKey,
  type Graph,
  type GraphNode,
  igpInstancesOf,
  joinInstances,
  type Snapshot,
} from '@segchain/path-engine'
import { SegchainError } from '@segchain/records'
import { isCalled } from '../analysis/node-named.js'
import { suggestion } from '../intents/suggest.js'

/** The graph of an IGP instance; of the only one when none is named. @throws {SegchainError} */
export function graphNamed(topology: Snapshot, name: string | undefined, multiTopologyId = 0): Graph {
  const instances = igpInstancesOf(topology)
  const fitting = instances.filter((key) => name === undefined || formatInstanceKey(key) === name)
  const [only] = fitting
  if (only !== undefined && fitting.length === 1) return buildGraph(topology, only, multiTopologyId)
  const names = instances.map(formatInstanceKey)
  const isEmpty = names.length === 0
  throw new SegchainError({
    category: isEmpty ? 'data' : 'usage',
    code: isEmpty ? 'EMPTY_TOPOLOGY' : 'IGP_INSTANCE',
    message: isEmpty
      ? 'the topology has no IGP node'
      : name === undefined
        ? `the topology has ${names.length} IGP instances`
        : `the topology has no IGP instance "${name}"`,
    hint: isEmpty
      ? 'pipe in what bgpls-collector writes'
      : name === undefined
        ? `name one: --instance ${names.join(' or ')}`
        : suggestion(name, names, 'instances'),
  })
}

/** The same, but where none is named, several that nodes join are taken together. @throws {SegchainError} */
export function graphNamedOrJoined(topology: Snapshot, name: string | undefined, multiTopologyId = 0): Graph {
  const instances = igpInstancesOf(topology)
  const joined =
    name === undefined && instances.length > 1 ? joinInstances(topology, instances, multiTopologyId) : undefined
  return joined ?? graphNamed(topology, name, multiTopologyId)
}

/**
 * The graph for ways between two nodes: of the instance that is named, of all that nodes join, or else of the only one that
 * knows them both. An SRv6 list stays in one instance. @throws {SegchainError}
 */
export function graphBetween(
  topology: Snapshot,
  name: string | undefined,
  ends: readonly string[],
  plane: 'mpls' | 'srv6',
  multiTopologyId = 0,
): Graph {
  const instances = igpInstancesOf(topology)
  if (name !== undefined || instances.length < 2) return graphNamed(topology, name, multiTopologyId)
  const joined = plane === 'mpls' ? joinInstances(topology, instances, multiTopologyId) : undefined
  if (joined !== undefined) return joined
  const knows = (nodes: readonly GraphNode[]) => ends.every((end) => nodes.some((node) => isCalled(node, end)))
  const graphs = instances.map((key) => buildGraph(topology, key, multiTopologyId)).filter(({ nodes }) => knows(nodes))
  const [only] = graphs
  if (only !== undefined && graphs.length === 1) return only
  const names = (graphs.length === 0 ? instances : graphs.map(({ instance }) => instance)).map(formatInstanceKey)
  const what = ends.join(' and ')
  throw new SegchainError({
    category: 'usage',
    code: 'IGP_INSTANCE',
    message:
      graphs.length === 0
        ? `none of the ${names.length} IGP instances has ${what} in it${plane === 'srv6' ? ', and an SRv6 list stays in one' : ', and no node joins them'}`
        : `${what} are in ${graphs.length} IGP instances${plane === 'srv6' ? '' : ', which no node joins'}`,
    hint: graphs.length === 0 ? `instances: ${names.join(', ')}` : `name one: --instance ${names.join(' or ')}`,
  })
}
