import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PlanElement, type SrPolicyElement, validateRecord } from '@segchain/records'
import type { CompiledIntents, CompiledStack } from './lab.js'
import { readIsisDatabase } from './read/isis-database.js'

const root = join(import.meta.dirname, '../../../..')

/** Where the recordings are. */
export const fixtures = join(import.meta.dirname, '../../test/fixtures')

/**
 * The plan that `sr-compiler compile` writes, as its users run it: for the network as it was recorded before
 * anything of the plan was on it.
 *
 * @throws {Error} with what the compiler said, when it wrote no plan.
 */
export function compiledPlan({ intents, base }: CompiledIntents): PlanElement[] {
  const { nodes, links, prefixes } = readIsisDatabase(readFileSync(join(fixtures, base, 'database.txt'), 'utf8'))
  const header = { kind: 'header', schema: 'segchain.topology/1', tool: 'lab', version: '0.1.0', source: base }
  const sync = { kind: 'sync', id: 'sync', reason: 'end-of-input' }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'packages/sr-compiler/bin/sr-compiler.js'), 'compile', intents, '-o', 'ndjson'],
    {
      cwd: root,
      encoding: 'utf8',
      timeout: 120_000,
      input: [header, ...nodes, ...links, ...prefixes, sync].map((record) => `${JSON.stringify(record)}\n`).join(''),
    },
  )
  if (status !== 0) throw new Error(`sr-compiler compile ${intents} ended with ${status}: ${stderr}`)
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => validateRecord('segchain.plan/1', JSON.parse(line)))
    .filter((record): record is PlanElement => 'step' in record)
}

/** The policy of a headend with a color. */
export function policyOf(plan: readonly PlanElement[], router: number, { color }: CompiledStack): SrPolicyElement {
  const found = plan.find((one) => one.kind === 'sr-policy' && one.device === `r${router}` && one.color === color)
  if (found?.kind === 'sr-policy') return found
  throw new Error(`the plan has no policy of r${router} with color ${color}`)
}

/** What it pushes, top first. */
export function stackOf({ candidatePaths }: SrPolicyElement): number[] {
  return candidatePaths[0]?.segmentLists[0]?.segments.map(({ label }) => label) ?? []
}
