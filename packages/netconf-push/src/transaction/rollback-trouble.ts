import { SegchainError } from '@segchain/records'
import type { Difference } from '../diff/index.js'

/** After a rollback the same must be missing as before the commit: a device may say ok to a cancel too. */
export function rollbackTrouble(
  device: string,
  before: readonly Difference[],
  now: readonly Difference[],
): SegchainError | undefined {
  const had = new Set(before.map(keyOf))
  const has = new Set(now.map(keyOf))
  const other = before.find((difference) => !has.has(keyOf(difference))) ?? now.find((one) => !had.has(keyOf(one)))
  if (other === undefined) return undefined
  return new SegchainError({
    category: 'rejected',
    code: 'ROLLBACK_INCOMPLETE',
    message: `after the rollback the device is not as it was before: ${other.path}`,
    hint: 'somebody else may have changed it in between: netconf-push diff shows how it is now',
    where: { device, path: other.path },
  })
}

function keyOf({ operation, path, before }: Difference): string {
  return JSON.stringify([operation, path, before])
}
