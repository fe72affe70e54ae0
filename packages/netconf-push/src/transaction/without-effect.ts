import { SegchainError } from '@segchain/records'
import type { Difference } from '../diff/index.js'

/** The device said yes, and did not do it. */
export function withoutEffect(device: string, missing: readonly Difference[]): SegchainError {
  const [first] = missing
  return new SegchainError({
    category: 'rejected',
    code: 'COMMIT_WITHOUT_EFFECT',
    message: `the device answered ok to the commit, and ${missing.length} of the changes are not in its running configuration${first === undefined ? '' : ` (first: ${first.path})`}`,
    hint: 'the device, or something that watches over it, undid or ignored them: look at its log',
    where: { device },
  })
}
