import type { Graph, Outage, Walk } from '@segchain/path-engine'
import type { Intent } from '../../intents/intent.js'
import type { ChainIntent, SteeringIntent } from '../../intents/schema/index.js'
import type { ManagedNode } from '../nodes.js'

/** An anycast chain of a Steering, on either data plane, as a failure looks at it. */
export interface Subject {
  readonly steering: Intent<SteeringIntent>
  readonly chain: Intent<ChainIntent>
  readonly headend: ManagedNode
  readonly endpoint: number
  /** Id of the plan element. */
  readonly policy: string
  readonly services: readonly string[]
  /** Without a failure. */
  readonly walk: Walk
}

/** A network on which failures are tried. */
export interface Ground<S extends Subject> {
  readonly graph: Graph
  /** What is gone when the instance of a service on a node is down. */
  instanceDown(service: string, node: number): Outage
  after(outage: Outage): Aftermath<S>
}

/** The network after one failure, once every router has converged. */
export interface Aftermath<S extends Subject> {
  /** What the headend sends as before, hop by hop. */
  walk(subject: S): Walk
  /** Could some choice of instances still do it? By reachability, stage after stage. */
  isWayLeft(subject: S): boolean
}
