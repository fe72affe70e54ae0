import type { TransactionContext } from './context.js'

/** A dry run: what would still differ is read from the candidate, which is then discarded. */
export function predictAll(context: TransactionContext): Promise<void> {
  return context.each('discarding', context.active, async (member) => {
    const missed = await member.target?.predict()
    if (missed !== undefined) member.verified = missed.length === 0
    await member.target?.discard()
    member.status = 'would-change'
  })
}
