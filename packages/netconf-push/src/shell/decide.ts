import { SegchainError, type StreamRecord } from '@segchain/records'
import { defaultJournalFolder } from '../transaction/journal.js'
import { unfinishedTransactions } from '../transaction/journal-state.js'
import { finish } from './finish.js'
import { heldTransaction } from './held-transaction.js'
import { type HeldElsewhere, settleElsewhere } from './settle-elsewhere.js'
import { type SettleIo, settle } from './settle-transactions.js'
import { targetOptions } from './target-options.js'
import { createWatch } from './watch.js'

/** What `confirm` and `cancel` have in common of their io. */
export interface DecideIo extends SettleIo {
  readonly flags: SettleIo['flags'] & { readonly from?: string | undefined }
  readonly args: { readonly transaction?: string | undefined }
  read(path: string, schema: 'segchain.result/1'): AsyncGenerator<StreamRecord<'segchain.result/1'>>
}

/**
 * Confirms or cancels a transaction that is held: by its journal where that is here, and else by its
 * persist-id on the devices that `--from` or `--device` name.
 */
export async function decide(io: DecideIo, decision: 'confirm' | 'cancel'): Promise<void> {
  const folder = io.flags.journal ?? defaultJournalFolder()
  const held = await named(io)
  const states = await unfinishedTransactions(folder)
  const state = states.find(({ id }) => id === held.persistId)
  if (state !== undefined) return settle(io, [state], decision)
  if (held.devices.length === 0)
    throw unknown(
      held.persistId,
      folder,
      states.map(({ id }) => id),
    )
  const options = {
    ...(await targetOptions({ ...io.flags, unsupported: 'skip' }, io.log)),
    concurrency: io.flags.concurrency,
  }
  const outcomes = await settleElsewhere(held, decision, options, createWatch(io.progress, io.log))
  io.progress.clear()
  const out = await io.open({ source: io.flags.from ?? io.flags.devices })
  if (outcomes.every(({ error }) => error === undefined)) {
    const { persistId, devices } = held
    const ended = decision === 'confirm' ? 'confirmed' : 'cancelled'
    await out.write({
      kind: 'transaction',
      id: `transaction:${persistId}`,
      persistId,
      state: ended,
      devices: [...devices],
    })
  }
  io.exitCode = await finish(out, outcomes, io.log, false)
}

async function named(io: DecideIo): Promise<HeldElsewhere> {
  const { from, device: devices = [] } = io.flags
  const { transaction } = io.args
  if (from !== undefined) {
    const held = await heldTransaction(io.read(from, 'segchain.result/1'))
    return devices.length === 0 ? held : { ...held, devices }
  }
  if (transaction !== undefined) return { persistId: transaction, devices }
  throw new SegchainError({
    category: 'usage',
    code: 'TRANSACTION_MISSING',
    message: 'which transaction?',
    hint: 'name it, or give the result stream of apply --hold with --from',
  })
}

function unknown(id: string, folder: string, there: readonly string[]): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'TRANSACTION_UNKNOWN',
    message: `the journal in ${folder} has no open transaction ${id}`,
    hint: `${there.length === 0 ? 'it has none' : `it has: ${there.join(', ')}`}; on another host, --from or --device names the devices`,
  })
}
