import type { Logger, Progress, RecordWriter } from '@segchain/cli-kit'
import { SegchainError } from '@segchain/records'
import { defaultJournalFolder, type JournalState, unfinishedTransactions } from '../transaction/journal.js'
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

/** Ends transactions of the journal: all that nobody works on, or the one that is named. */
export async function settleTransactions(io: SettleIo, id?: string, decision?: 'confirm' | 'cancel'): Promise<void> {
  const folder = io.flags.journal ?? defaultJournalFolder()
  const states = chosen(await unfinishedTransactions(folder), id, folder, io.log)
  const options = {
    ...(await targetOptions({ ...io.flags, unsupported: 'skip' }, io.log)),
    concurrency: io.flags.concurrency,
  }
  const watch = createWatch(io.progress, io.log)
  const outcomes: DeviceOutcome[] = []
  for (const state of states) {
    const does = state.decision ?? decision ?? 'cancel'
    if (state.decision !== undefined && decision !== undefined && state.decision !== decision) throw decided(state)
    io.log.info(`${does === 'confirm' ? 'finishing' : 'undoing'} transaction ${state.id} of ${state.time}`)
    outcomes.push(...(await recoverTransaction(state, options, watch, does)))
  }
  io.progress.clear()
  io.exitCode = await finish(await io.open({ source: folder }), outcomes, io.log, false)
}

function chosen(states: readonly JournalState[], id: string | undefined, folder: string, log: Logger): JournalState[] {
  if (id !== undefined) {
    const found = states.find((state) => state.id === id)
    if (found !== undefined) return [found]
    throw new SegchainError({
      category: 'usage',
      code: 'TRANSACTION_UNKNOWN',
      message: `the journal in ${folder} has no open transaction ${id}`,
      hint:
        states.length === 0
          ? 'it has none; --journal names another folder'
          : `it has: ${states.map((state) => state.id).join(', ')}`,
    })
  }
  return states.filter((state) => {
    if (!stillRunning(state.pid)) return true
    log.warn(`process ${state.pid} is at transaction ${state.id}: left alone`)
    return false
  })
}

function decided(state: JournalState): SegchainError {
  return new SegchainError({
    category: 'stale',
    code: 'TRANSACTION_DECIDED',
    message: `transaction ${state.id} was decided already: ${state.decision ?? ''}`,
    hint: 'netconf-push recover carries that out',
  })
}
