import { blockAt, type ConfigBlock } from '../dialects/frr/config-tree.js'
import type { Command, FrrDiff } from '../dialects/frr/index.js'
import { negate } from '../dialects/frr/negate.js'
import type { Statement } from '../dialects/frr/statement.js'

/**
 * Takes lines back that were wanted once and are not any more. Only lines that stand there as they were
 * given: one with another value is somebody else's by now. The last given goes first, and a block in which
 * nothing else is goes as a whole.
 */
export function diffFrrRemoval(
  running: ConfigBlock,
  removing: readonly Statement[],
  kept: readonly Statement[],
): FrrDiff {
  const still = new Set(kept.map(keyOf))
  const gone = removing
    .filter((statement) => statement.shared !== true && !still.has(keyOf(statement)))
    .filter(({ context, line }) => blockAt(running, context)?.children.some((child) => child.line === line) === true)
    .reverse()
  return {
    differences: gone.map(({ context, key, line, element }) => ({
      operation: 'delete',
      path: [...context, key].join(' / '),
      before: line,
      element,
    })),
    commands: commandsFor(gone, running),
    undo: [...gone].reverse().map(({ context, line }) => ({ context, line })),
  }
}

function commandsFor(gone: readonly Statement[], running: ConfigBlock): Command[] {
  const commands: Command[] = []
  const wholeBlocks = new Set<string>()
  for (const { context, line, closing } of gone) {
    const block = context.join('\n')
    if (wholeBlocks.has(block)) continue
    const emptied = isEmptied(blockAt(running, context), gone, block)
    if (!emptied || context.length < 2) commands.push({ context, line: negate(line) })
    else {
      wholeBlocks.add(block)
      if (closing === undefined) commands.push({ context: context.slice(0, -1), line: `no ${context.at(-1) ?? ''}` })
      else commands.push(...linesOf(gone, block), { context, line: closing })
    }
  }
  return commands
}

/** Blocks that FRR ends by a line in them: what is in them goes first. */
function linesOf(gone: readonly Statement[], block: string): Command[] {
  const own = gone.filter(({ context }) => context.join('\n') === block)
  return own.map(({ context, line }) => ({ context, line: negate(line) }))
}

function isEmptied(running: ConfigBlock | undefined, gone: readonly Statement[], block: string): boolean {
  const lines = new Set(gone.filter(({ context }) => context.join('\n') === block).map(({ line }) => line))
  // FRR shows `enable` in every block of link-params.
  return running?.children.every(({ line }) => lines.has(line) || line === 'enable') === true
}

function keyOf({ context, key }: Statement): string {
  return JSON.stringify([context, key])
}
