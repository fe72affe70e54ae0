import { nodeAt, nodeName, type Walk } from '@segchain/path-engine'
import type { ImpactRecord } from '@segchain/records'
import type { Model } from '../compile/model.js'

/** What a comparison found, as a record. */
export function impactRecord(found: {
  readonly event: string
  readonly policy: string
  readonly why: string | undefined
  readonly nodesBefore: string[]
  readonly nodesAfter: string[]
  readonly delayUsBefore: number | undefined
  readonly delayUsAfter: number | undefined
}): ImpactRecord {
  const { event, policy, why, nodesBefore, nodesAfter, delayUsBefore, delayUsAfter } = found
  return {
    kind: 'impact',
    id: `impact:${event}:${policy.replace(/^sr-policy:/, '')}`,
    event,
    policy,
    status: why === undefined ? statusOf(nodesBefore, nodesAfter, delayUsBefore, delayUsAfter) : 'broken',
    ...(why === undefined ? {} : { why }),
    nodesBefore,
    nodesAfter,
    ...(delayUsBefore === undefined ? {} : { delayUsBefore }),
    ...(delayUsAfter === undefined || why !== undefined ? {} : { delayUsAfter }),
  }
}

function statusOf(
  before: readonly string[],
  after: readonly string[],
  delayBefore: number | undefined,
  delayAfter: number | undefined,
): ImpactRecord['status'] {
  if (delayBefore !== undefined && delayAfter !== undefined && delayBefore !== delayAfter) {
    return delayAfter > delayBefore ? 'slower' : 'faster'
  }
  return before.join() === after.join() ? 'unchanged' : 'moved'
}

/** Every hop of every branch, in the order of the trace. */
export function nodesOf(model: Pick<Model, 'graph'>, path: Walk): string[] {
  const names = path.hops.map((hop) => nodeName(nodeAt(model.graph, hop.node)))
  return names.filter((name, i) => name !== names[i - 1])
}

/** One impact for each segment list of a policy. */
export function inList(impact: ImpactRecord, list: number): ImpactRecord {
  return list === 0 ? impact : { ...impact, id: `${impact.id}#${list + 1}` }
}
