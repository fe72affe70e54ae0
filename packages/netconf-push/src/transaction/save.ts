import { SegchainError } from '@segchain/records'
import type { Target } from './target.js'
import type { Watch } from './watch.js'

/** What is in force stays in force when the device will not save it: that is told, and is no failure of the transaction. */
export async function saveOrTell(target: Target, watch: Watch): Promise<void> {
  try {
    await target.save()
  } catch (error) {
    if (!(error instanceof SegchainError) || error.category === 'connect' || error.category === 'data') throw error
    watch.trouble(
      target.name,
      new SegchainError({
        category: error.category,
        code: 'NOT_SAVED',
        message: `everything is in force, and not saved for the next start: ${error.message}`,
        hint: 'save it on the device',
        where: { device: target.name },
      }),
    )
  }
}
