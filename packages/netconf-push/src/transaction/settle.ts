import { SegchainError, toSegchainError } from '@segchain/records'
import { withoutEffect } from './netconf-target.js'
import { newProvisionalOf } from './provisional.js'
import type { Target } from './target.js'

/** Undoes a transaction on one device over a new session; nothing to undo is as good. */
export async function settleCancel(target: Target, id: string, undo: string): Promise<void> {
  if (target.mode === 'persistent') await target.cancel(id).catch(nothingPending)
  else await target.putBack(undo).catch(nothingThere)
}

/**
 * Finishes a transaction on one device over a new session. What its timer has undone in the meantime
 * is applied again: the decision stands.
 */
export async function settleConfirm(target: Target, id: string): Promise<void> {
  if (target.mode === 'persistent') await target.confirm(id).catch(nothingPending)
  const missing = await target.prepare()
  if (missing.length > 0) {
    const provisional = newProvisionalOf(id)
    await target.stage()
    await target.commit(provisional)
    if ((await target.stillDifferent()).length > 0) await target.commitAgain(provisional)
    const still = await target.stillDifferent()
    if (still.length > 0) throw withoutEffect(target.name, still)
    await target.confirm(id)
  }
  await target.save()
}

/** RFC 6241 §8.4.4.1: invalid-value for a wrong id, operation-failed when none is pending. */
function nothingPending(thrown: unknown): void {
  const error = toSegchainError(thrown)
  if (
    error.category === 'rejected' &&
    /^RPC_(INVALID_VALUE|OPERATION_FAILED|BAD_ELEMENT|UNKNOWN_ELEMENT)$/.test(error.code)
  )
    return
  throw error
}

/** What should be deleted is not there: it was never committed. */
function nothingThere(thrown: unknown): void {
  if (thrown instanceof SegchainError && thrown.code === 'RPC_DATA_MISSING') return
  throw thrown
}
