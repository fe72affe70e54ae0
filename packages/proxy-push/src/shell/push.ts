import type { Logger } from '@segchain/cli-kit'
import { type ProxyEntryElement, SegchainError, toSegchainError } from '@segchain/records'
import type { ProxyDevice } from '../devices.js'
import { tablesOfPlan } from '../plan-tables.js'
import { bringAbout, lookAt, type Target, takeBack } from '../target.js'
import { clientOf } from './load-devices.js'
import type { Outcome } from './outcome.js'

export interface PushOptions {
  readonly devices: ReadonlyMap<string, ProxyDevice>
  readonly owner: string
  readonly prune: boolean
  readonly unsupported: 'error' | 'skip'
  readonly timeoutS: number
  /** Look only: change nothing. */
  readonly dryRun: boolean
  /** More labels than this are not taken away from one proxy. */
  readonly allowDelete?: number
  readonly signal: AbortSignal
  readonly log: Logger
}

interface Looked {
  readonly device: string
  readonly elements: ReadonlyMap<string, string>
  readonly started: number
  readonly target?: Target
  readonly error?: SegchainError
}

/**
 * Looks at all proxies first: one that cannot be reached or refuses stops all before anything is written. Then
 * writes one after the other; on any failure those that were written get back what they had.
 */
export async function push(
  plan: ReadonlyMap<string, readonly ProxyEntryElement[]>,
  options: PushOptions,
): Promise<Outcome[]> {
  const looked = await Promise.all([...plan].map(([device, elements]) => look(device, elements, options)))
  const failed = looked.some(({ error }) => error !== undefined)
  if (options.dryRun || failed) {
    return looked.map((one) => {
      const changes = one.target?.changes ?? []
      const status =
        one.error !== undefined
          ? 'failed'
          : options.dryRun
            ? changes.length > 0
              ? 'would-change'
              : 'unchanged'
            : 'skipped'
      return outcome(one, status, status === 'skipped' ? [] : changes)
    })
  }
  return write(looked, options)
}

async function look(device: string, elements: readonly ProxyEntryElement[], options: PushOptions): Promise<Looked> {
  const started = performance.now()
  try {
    const { labels, elements: ids } = tablesOfPlan(elements, options.unsupported, (error) => options.log.warn(error))
    const known = options.devices.get(device)
    if (known === undefined) throw new TypeError(`device ${device} was looked up before`)
    const client = await clientOf(known, options.timeoutS)
    const target = await lookAt(device, client, options.owner, [...labels], options.prune)
    const deletions = target.changes.filter(({ operation }) => operation === 'delete').length
    if (options.allowDelete !== undefined && deletions > options.allowDelete) throw tooManyDeletions(device, deletions)
    return { device, elements: ids, started, target }
  } catch (error) {
    return { device, elements: new Map(), started, error: toSegchainError(error).at({ device }) }
  }
}

async function write(looked: readonly Looked[], { owner, signal }: PushOptions): Promise<Outcome[]> {
  const done: Looked[] = []
  for (const [index, one] of looked.entries()) {
    try {
      signal.throwIfAborted()
      if (one.target !== undefined) await bringAbout(one.target, owner)
      done.push(one)
    } catch (error) {
      const failed = outcome({ ...one, error: toSegchainError(error).at({ device: one.device }) }, 'failed', [])
      const undone = await Promise.all(done.map((before) => undo(before, owner)))
      return [...undone, failed, ...looked.slice(index + 1).map((rest) => outcome(rest, 'skipped', []))]
    }
  }
  return done.map((one) => {
    const changes = one.target?.changes ?? []
    return { ...outcome(one, changes.length > 0 ? 'applied' : 'unchanged', changes), verified: true }
  })
}

async function undo(one: Looked, owner: string): Promise<Outcome> {
  if (one.target === undefined || one.target.changes.length === 0) return outcome(one, 'unchanged', [])
  try {
    await takeBack(one.target, owner)
    return outcome(one, 'rolled-back', [])
  } catch (error) {
    return outcome({ ...one, error: toSegchainError(error) }, 'failed', one.target.changes)
  }
}

function outcome(one: Looked, status: Outcome['status'], changes: Outcome['changes']): Outcome {
  const { device, elements, started, error } = one
  const durationMs = performance.now() - started
  return { device, status, changes, elements, durationMs, ...(error === undefined ? {} : { error }) }
}

function tooManyDeletions(device: string, deletions: number): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'TOO_MANY_DELETIONS',
    message: `${deletions} labels would be taken away`,
    hint: `--allow-delete=${deletions} when that is meant`,
    where: { device },
  })
}
