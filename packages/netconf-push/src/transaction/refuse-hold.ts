import { SegchainError } from '@segchain/records'
import type { TransactionContext } from './context.js'

/** Marks devices that cannot wait for `confirm` or `cancel`: their commit would be undone, or be for good. */
export function refuseHold({ active }: TransactionContext): void {
  for (const member of active) {
    if (member.target?.mode === 'persistent') continue
    member.fail(
      new SegchainError({
        category: 'usage',
        code: 'HOLD_IMPOSSIBLE',
        message: `${member.name} has no confirmed commit with a persist-id: its changes cannot be held`,
        hint: 'apply without --hold, or leave the device out with --device',
        where: { device: member.name },
      }),
    )
  }
}
