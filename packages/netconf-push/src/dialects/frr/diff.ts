import { SegchainError } from '@segchain/records'
import type { Difference } from '../../diff/index.js'
import { blockAt, type ConfigBlock, lineOf, lineWith } from './config-tree.js'
import { negate } from './negate.js'
import type { OwnedBlock, Statement } from './statement.js'

/** A line to be given inside of blocks. */
export interface Command {
  readonly context: readonly string[]
  readonly line: string
}

export interface FrrDiff {
  readonly differences: readonly Difference[]
  readonly commands: readonly Command[]
  /** In the order in which they are to be given. */
  readonly undo: readonly Command[]
}

/**
 * Compares wanted lines with a running configuration.
 *
 * @throws {SegchainError} category `rejected`, code `INSTANCE_MISSING`: there is no such `router isis`.
 */
export function diffConfig(
  running: ConfigBlock,
  statements: readonly Statement[],
  owned: readonly OwnedBlock[],
): FrrDiff {
  const differences: Difference[] = []
  const commands: Command[] = []
  const undo: Command[] = []
  const madeBlocks = new Set<string>()
  for (const statement of statements) {
    const { context, key, element } = statement
    const block = blockAt(running, context)
    if (block === undefined) requireInstance(running, context)
    const there = block === undefined ? undefined : (lineWith(block, key) ?? lineOf(block, statement.line))
    const adapted = statement.adapt?.(there?.line)
    const line = adapted?.line ?? statement.line
    if (adapted?.same ?? there?.line === line) continue
    const path = pathOf(context, key)
    if (there === undefined) differences.push({ operation: 'create', path, after: line, element })
    else differences.push({ operation: 'replace', path, before: there.line, after: line, element })
    commands.push({ context, line })
    const parent = context.slice(0, -1)
    if (block === undefined && statement.closing !== undefined && !madeBlocks.has(context.join('\n'))) {
      madeBlocks.add(context.join('\n'))
      undo.unshift({ context, line: statement.closing })
    }
    if (block !== undefined || parent.length === 0 || statement.closing !== undefined) {
      undo.unshift({ context, line: adapted?.undo ?? there?.line ?? negate(line) })
    } else if (!madeBlocks.has(context.join('\n'))) {
      // A block inside of another that was made for this goes as a whole; an interface stays.
      madeBlocks.add(context.join('\n'))
      undo.unshift({ context: parent, line: `no ${context.at(-1) ?? ''}` })
    }
  }
  for (const { context, element } of owned) {
    const wanted = statements.filter((statement) => samePath(statement.context, context))
    for (const { line } of blockAt(running, context)?.children ?? []) {
      if (wanted.some((statement) => line === statement.line || line.startsWith(`${statement.key} `))) continue
      differences.push({ operation: 'delete', path: pathOf(context, line), before: line, element })
      commands.push({ context, line: negate(line) })
      undo.unshift({ context, line })
    }
  }
  return { differences, commands, undo }
}

function requireInstance(running: ConfigBlock, context: readonly string[]): void {
  const [outermost] = context
  if (outermost === undefined || !outermost.startsWith('router ') || blockAt(running, [outermost]) !== undefined) return
  throw new SegchainError({
    category: 'rejected',
    code: 'INSTANCE_MISSING',
    message: `the device has no ${outermost}, which the plan adds to and does not make`,
    hint: 'configure it, or correct igpInstance in the Device intent',
    where: { path: outermost },
  })
}

function pathOf(context: readonly string[], line: string): string {
  return [...context, line].join(' / ')
}

function samePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index])
}
