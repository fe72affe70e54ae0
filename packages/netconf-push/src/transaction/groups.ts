import type { Member } from './member.js'

/**
 * Members in the order of their commits. Adding: each step of the plan before the next, so that SIDs are
 * there before the label stacks that use them. Removing: the other way round. Devices without confirmed
 * commit go last: all others can still be taken back then by cancel alone.
 */
export function groupsOf(members: readonly Member[]): Member[][] {
  const groups = new Map<number, Member[]>()
  for (const member of members) {
    const key = member.target?.mode === 'plain' ? Number.POSITIVE_INFINITY : rankOf(member)
    groups.set(key, [...(groups.get(key) ?? []), member])
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

function rankOf({ plan }: Member): number {
  if (plan.removing !== undefined) return -Math.max(0, ...plan.removing.map((element) => element.step))
  return Math.max(0, ...plan.elements.map((element) => element.step))
}
