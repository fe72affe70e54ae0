import type { Expression } from '../dialects/index.js'
import { diffRemoval, diffTrees, leftovers, type TreeDiff } from '../diff/index.js'
import type { DataNode } from '../model/index.js'

/** What a device is to be brought to. */
export interface Goal {
  /** As far as this has to be read. */
  readonly concerns: readonly DataNode[]
  /** How many elements of the plan it stands for. */
  readonly elements: number
  compare(actual: readonly DataNode[]): TreeDiff
}

/** Everything of the plan is there. */
export function present({ wanted, expressed }: Expression): Goal {
  return { concerns: wanted, elements: expressed.length, compare: (actual) => diffTrees(actual, wanted) }
}

/** What was ours, and stays in no element that is kept, is gone. */
export function absent(removing: Expression, kept: Expression): Goal {
  const ours = leftovers(removing.wanted, kept.wanted)
  return {
    concerns: ours.length === 0 ? [] : removing.wanted,
    elements: removing.expressed.length,
    compare: (actual) => diffRemoval(actual, ours),
  }
}
