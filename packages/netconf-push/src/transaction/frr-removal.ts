import { blockAt, type ConfigBlock } from '../dialects/frr/config-tree.js'
import type { FrrDiff } from '../dialects/frr/index.js'
import type { Statement } from '../dialects/frr/statement.js'

/**
 * Takes lines back that were wanted once and are not any more. Only lines that stand there as they were
 * given: one with another value is somebody else's by now. The last given goes first.
 */
export function diffFrrRemoval(
  running: ConfigBlock,
  removing: readonly Statement[],
  kept: readonly Statement[],
): FrrDiff {
  const still = new Set(kept.map(keyOf))
  const gone = removing
    .filter((statement) => !still.has(keyOf(statement)))
    .filter(({ context, line }) => blockAt(running, context)?.children.some((child) => child.line === line) === true)
    .reverse()
  return {
    differences: gone.map(({ context, key, line, element }) => ({
      operation: 'delete',
      path: [...context, key].join(' / '),
      before: line,
      element,
    })),
    commands: gone.map(({ context, line }) => ({ context, line: `no ${line}` })),
    undo: [...gone].reverse().map(({ context, line }) => ({ context, line })),
  }
}

function keyOf({ context, key }: Statement): string {
  return JSON.stringify([context, key])
}
