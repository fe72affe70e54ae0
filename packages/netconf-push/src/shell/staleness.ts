import { SegchainError, type StreamRecord } from '@segchain/records'
import type { LedgerEntry } from '../transaction/ledger.js'
import type { Review } from '../transaction/options.js'
import type { DeviceOutcome } from '../transaction/report.js'
import type { Plan } from './read-plan.js'

/** @throws {SegchainError} category `stale`: the network is not the one that the plan was computed for. */
export async function checkTopology(
  plan: Plan,
  records: AsyncIterable<StreamRecord<'segchain.topology/1'>>,
): Promise<void> {
  const { snapshotOf, topologyDigest } = await import('@segchain/path-engine')
  const all: StreamRecord<'segchain.topology/1'>[] = []
  for await (const record of records) all.push(record)
  const now = topologyDigest(snapshotOf(all))
  if (plan.topologyDigest === now) return
  throw new SegchainError({
    category: 'stale',
    code: 'TOPOLOGY_CHANGED',
    message: `the plan was computed from topology ${plan.topologyDigest ?? '(it does not say which)'}, and now it is ${now}`,
    hint: 'compile again from the topology as it is now',
  })
}

/**
 * What was looked at (the output of `diff`, or of `apply --dry-run`) is what is applied: a device on which
 * anything else would change by now is refused.
 */
export async function reviewOf(records: AsyncIterable<StreamRecord<'segchain.result/1'>>): Promise<Review> {
  const seen = new Map<string, Set<string>>()
  for await (const record of records) {
    if (record.kind === 'device-result') seen.set(record.device, seen.get(record.device) ?? new Set())
    if (record.kind !== 'change') continue
    const changes = seen.get(record.device) ?? new Set()
    seen.set(record.device, changes.add(keyOf(record)))
  }
  return (device, differences) => {
    const changes = seen.get(device)
    const other = differences.find((difference) => changes?.has(keyOf(difference)) !== true)
    if (changes !== undefined && other === undefined && differences.length === changes.size) return
    throw new SegchainError({
      category: 'stale',
      code: 'REVIEW_OUTDATED',
      message:
        changes === undefined
          ? `${device} is not in what was reviewed`
          : `${device} has changed since it was reviewed${other === undefined ? '' : `: ${other.operation} ${other.path} would be new`}`,
      hint: 'run netconf-push diff again, and look at it',
      where: { device },
    })
  }
}

function keyOf({ operation, path, before, after }: DeviceOutcome['differences'][number]): string {
  return JSON.stringify([operation, path, before, after])
}

/**
 * @param isAncestor whether the first commit comes before the second, as far as Git knows them both.
 * @throws {SegchainError} category `stale`: a device has got a later plan already.
 */
export async function checkNotOlder(
  commit: string | undefined,
  entries: readonly LedgerEntry[],
  isAncestor: (earlier: string, later: string) => Promise<boolean>,
): Promise<void> {
  if (commit === undefined) return
  for (const entry of entries) {
    if (entry.commit === undefined || entry.commit === commit || !(await isAncestor(commit, entry.commit))) continue
    throw new SegchainError({
      category: 'stale',
      code: 'PLAN_OLDER',
      message: `the plan is of commit ${commit.slice(0, 12)}, and ${entry.device} has got a later one, ${entry.commit.slice(0, 12)}, at ${entry.time}`,
      hint: '--allow-older goes back on purpose',
      where: { device: entry.device },
    })
  }
}
