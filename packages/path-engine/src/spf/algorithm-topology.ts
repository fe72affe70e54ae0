import type { Definition } from '../flex-algo/definition.js'
import type { Graph } from '../graph/graph.js'

/** What an algorithm makes of a graph: the cost of every link, and who takes part. */
export interface AlgorithmTopology {
  readonly graph: Graph
  /** 0 shortest path, 1 strict shortest path, 128-255 Flex-Algo. */
  readonly algorithm: number
  /** Of a Flex-Algo: the elected definition; where areas or partitions have elected several, one of them. */
  readonly definition?: Definition
  /** The numbers of the instances (joined; else 0) in which the elected definition asks for prefix metrics (M-flag). */
  readonly prefixMetricScopes?: ReadonlySet<number>
  /** By link; Infinity for a link that the algorithm does not use. */
  readonly weights: Float64Array
  /** By node: 1 takes part, 0 does not. A pseudonode takes part in everything. */
  readonly member: Uint8Array
  /** By link, for those with the weight Infinity: why. */
  readonly pruned: ReadonlyMap<number, string>
  /** By node that is not a member: why. */
  readonly absent: ReadonlyMap<number, string>
}
