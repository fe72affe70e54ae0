import type { Logger, Progress, RecordWriter } from '@segchain/cli-kit'
import { SegchainError } from '@segchain/records'
import { defaultJournalFolder } from '../transaction/journal.js'
import { type JournalState, unfinishedTransactions } from '../transaction/journal-state.js'
import { recoverTransaction } from '../transaction/recover.js'
import type { DeviceOutcome } from '../transaction/report.js'
import { stillRunning } from '../transaction/still-running.js'
import { finish } from './finish.js'
import { type DeviceFlagValues, targetOptions } from './target-options.js'
import { createWatch } from './watch.js'

/** What settling commands have in common of their io. */
export interface SettleIo {
  readonly flags: Omit<DeviceFlagValues, 'unsupported'> & { readonly journal?: string | undefined }
  readonly log: Logger
  readonly progress: Progress
  open(fields: { source: string }): Promise<RecordWriter<'segchain.result/1'>>
  exitCode: number
}

/** Ends all transactions of the journal that nobody works on and nobody holds. */
export async function recoverTransactions(io: SettleIo): Promise<void> {
  const folder = io.flags.journal ?? defaultJournalFolder()
  const states = await unfinishedTransactions(folder)
  await settle(
    io,
    states.filter((state) => isLeft(state, io.log)),
  )
}

/** Ends these transactions as they were decided on, or as is said here. */
export async function settle(
  io: SettleIo,
  states: readonly JournalState[],
  decision?: 'confirm' | 'cancel',
): Promise<void> {
  const folder = io.flags.journal ?? defaultJournalFolder()
  const options = {
    ...(await targetOptions({ ...io.flags, unsupported: 'skip' }, io.log)),
    concurrency: io.flags.concurrency,
    journalFolder: folder,
  }
  const watch = createWatch(io.progress, io.log)
  const outcomes: DeviceOutcome[] = []
  for (const state of states) {
    if (state.decision !== undefined && decision !== undefined && state.decision !== decision) throw decided(state)
    const does = state.decision ?? decision ?? 'cancel'
    io.log.info(`${does === 'confirm' ? 'finishing' : 'undoing'} transaction ${state.id} of ${state.time}`)
    outcomes.push(...(await recoverTransaction(state, options, watch, does)))
  }
  io.progress.clear()
  io.exitCode = await finish(await io.open({ source: folder }), outcomes, io.log, false)
}

function isLeft(state: JournalState, log: Logger): boolean {
  if (stillRunning(state.pid)) {
    log.warn(`process ${state.pid} is at transaction ${state.id}: left alone`)
    return false
  }
  const held = state.decision === undefined && state.heldUntil !== undefined && Date.parse(state.heldUntil) > Date.now()
  if (held) log.warn(`transaction ${state.id} is held until ${state.heldUntil}: confirm or cancel decides on it`)
  return !held
}

function decided(state: JournalState): SegchainError {
  return new SegchainError({
    category: 'stale',
    code: 'TRANSACTION_DECIDED',
    message: `transaction ${state.id} was decided already: ${state.decision ?? ''}`,
    hint: 'netconf-push recover carries that out',
  })
}
