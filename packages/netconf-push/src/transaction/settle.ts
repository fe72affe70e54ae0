import { SegchainError, toSegchainError } from '@segchain/records'
import { newProvisionalOf } from './provisional.js'
import { saveOrTell } from './save.js'
import type { Target } from './target.js'
import type { Watch } from './watch.js'
import { withoutEffect } from './without-effect.js'

/**
 * Undoes a transaction on one device, over whatever session; nothing to undo is as good.
 *
 * @returns whether something was pending, as far as the device tells.
 */
export async function settleCancel(target: Target, id: string, undo: string): Promise<boolean> {
  if (target.mode === 'persistent') {
    const cancelled = target.cancel(id).then(() => true)
    return cancelled.catch((error: unknown) => nothingPending(error))
  }
  try {
    await target.putBack(undo)
  } catch (error) {
    if (!isNothingThere(error)) throw error
    // Devices are known on which a confirmed commit that fails leaves its timer running: it would undo
    // what somebody else commits later.
    await target.disarm()
  }
  return true
}

/**
 * Finishes a transaction on one device over a new session. What its timer has undone in the meantime
 * is applied again: the decision stands.
 */
export async function settleConfirm(target: Target, id: string, watch: Watch): Promise<void> {
  if (target.mode === 'persistent') await target.confirm(id).catch(nothingPending)
  if ((await target.prepare()).length > 0) {
    watch.note(target.name, 'does not have it any more (its timer, or somebody, has undone it): it is applied again')
    await applyAgain(target, id)
  }
  // On some devices the timer of a confirmed commit without persist-id outlives its session (Junos).
  else if (target.mode === 'session') await target.confirm(id)
  await saveOrTell(target, watch)
}

async function applyAgain(target: Target, id: string): Promise<void> {
  const provisional = newProvisionalOf(id)
  await target.stage()
  await target.commit(provisional)
  if ((await target.stillDifferent()).length > 0) await target.commitAgain(provisional)
  const still = await target.stillDifferent()
  if (still.length > 0) throw withoutEffect(target.name, still)
  await target.confirm(id)
}

/** RFC 6241 §8.4.4.1: invalid-value for a wrong id, operation-failed when none is pending. */
function nothingPending(thrown: unknown): false {
  const error = toSegchainError(thrown)
  if (
    error.category === 'rejected' &&
    /^RPC_(INVALID_VALUE|OPERATION_FAILED|BAD_ELEMENT|UNKNOWN_ELEMENT)$/.test(error.code)
  )
    return false
  throw error
}

/** What should be deleted is not there: it was never committed. */
function isNothingThere(thrown: unknown): boolean {
  return thrown instanceof SegchainError && thrown.code === 'RPC_DATA_MISSING'
}
