import { blockAt, type ConfigBlock, lineOf } from '../dialects/frr/config-tree.js'
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
    .filter(({ context, line }) => {
      const block = blockAt(running, context)
      return block !== undefined && lineOf(block, line) !== undefined
    })
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
  const byBlock = linesByBlock(gone, running)
  for (const { context, line, closing } of gone) {
    const block = context.join('\n')
    if (wholeBlocks.has(block)) continue
    const { lines, emptied } = byBlock.get(block) ?? { lines: [], emptied: false }
    if (!emptied || context.length < 2) commands.push({ context, line: negate(line) })
    else {
      wholeBlocks.add(block)
      if (closing === undefined) commands.push({ context: context.slice(0, -1), line: `no ${context.at(-1) ?? ''}` })
      // Blocks that FRR ends by a line in them: what is in them goes first.
      else commands.push(...lines.map((own) => ({ context, line: negate(own) })), { context, line: closing })
    }
  }
  return commands
}

interface GoneLines {
  readonly lines: string[]
  /** Nothing else is in the block. */
  emptied: boolean
}

function linesByBlock(gone: readonly Statement[], running: ConfigBlock): ReadonlyMap<string, GoneLines> {
  const byBlock = new Map<string, GoneLines & { readonly context: readonly string[] }>()
  for (const { context, line } of gone) {
    const block = context.join('\n')
    const there = byBlock.get(block)
    if (there === undefined) byBlock.set(block, { context, lines: [line], emptied: false })
    else there.lines.push(line)
  }
  for (const one of byBlock.values()) {
    const lines = new Set(one.lines)
    // FRR shows `enable` in every block of link-params.
    const block = blockAt(running, one.context)
    one.emptied = block?.children.every(({ line }) => lines.has(line) || line === 'enable') === true
  }
  return byBlock
}

function keyOf({ context, key }: Statement): string {
  return JSON.stringify([context, key])
}
