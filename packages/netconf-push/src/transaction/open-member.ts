import type { TransactionContext } from './context.js'
import type { Member } from './member.js'
import { openTarget } from './open-target.js'
import { keepConfig } from './saved-config.js'

/** Connects; what cannot be said and is to be skipped is told. */
export async function openMember({ options, watch }: TransactionContext, member: Member): Promise<void> {
  member.target = await openTarget(member.plan, options)
  for (const refused of member.target.refused) watch.trouble(member.name, refused)
}

/** Locks, reads, compares; keeps all that a device had which has no confirmed commit. */
export async function prepareMember({ options, watch }: TransactionContext, member: Member): Promise<void> {
  const { target } = member
  if (target === undefined || target.wanted === 0) return
  member.differences = await target.prepare()
  options.review?.(member.name, member.differences)
  if (member.differences.length === 0) {
    member.status = 'unchanged'
    member.verified = true
  } else if (target.mode === 'plain') {
    const kept = options.dryRun
      ? ''
      : `; all that it had is in ${await keepConfig(options.journalFolder, member.name, await target.wholeConfig())}`
    watch.note(
      member.name,
      `has no confirmed commit: it goes last, and is undone by putting back what was there${kept}`,
    )
  }
}
