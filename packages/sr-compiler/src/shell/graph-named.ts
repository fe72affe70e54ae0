import {
  buildGraph,
  formatInstanceKey,
  type Graph,
  igpInstancesOf,
  joinInstances,
  type Snapshot,
} from '@segchain/path-engine'
import { SegchainError } from '@segchain/records'

/** The graph of an IGP instance; of the only one when none is named. @throws {SegchainError} */
export function graphNamed(topology: Snapshot, name: string | undefined): Graph {
  const instances = igpInstancesOf(topology)
  const fitting = instances.filter((key) => name === undefined || formatInstanceKey(key) === name)
  const [only] = fitting
  if (only !== undefined && fitting.length === 1) return buildGraph(topology, only)
  throw new SegchainError({
    category: instances.length === 0 ? 'data' : 'usage',
    code: instances.length === 0 ? 'EMPTY_TOPOLOGY' : 'IGP_INSTANCE',
    message: instances.length === 0 ? 'the topology has no IGP node' : 'name one IGP instance of the topology',
    hint:
      instances.length === 0
        ? 'pipe in what bgpls-collector writes'
        : `--instance ${instances.map(formatInstanceKey).join(' or ')}`,
  })
}

/** The same, but where none is named, several that nodes join are taken together. @throws {SegchainError} */
export function graphNamedOrJoined(topology: Snapshot, name: string | undefined): Graph {
  const instances = igpInstancesOf(topology)
  const joined = name === undefined && instances.length > 1 ? joinInstances(topology, instances) : undefined
  return joined ?? graphNamed(topology, name)
}
