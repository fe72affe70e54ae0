import { SegchainError } from '@segchain/records'
import type { NetconfDialect } from './dialect.js'
import { ietf } from './ietf/index.js'
import { iosxr } from './iosxr/index.js'
import { junos } from './junos/index.js'
import { openconfig } from './openconfig/index.js'

/**
 * Every dialect that NETCONF carries; adding one is adding a folder and a line here. A vendor's own models come
 * first: they say more than the common ones, which the device may announce as well.
 */
export const dialects: readonly NetconfDialect[] = [junos, iosxr, ietf, openconfig]

/**
 * The dialect that the inventory names, or else the one whose mark the device announces.
 *
 * @throws {SegchainError} `usage`: no such dialect; `rejected`: the device announces none of ours.
 */
export function chooseDialect(
  named: string | undefined,
  announced: ReadonlySet<string> | undefined,
  capabilities: readonly string[] = [],
): NetconfDialect {
  const names = dialects.map((dialect) => dialect.name).join(', ')
  if (named !== undefined) {
    const found = dialects.find((dialect) => dialect.name === named)
    if (found !== undefined) return found
    throw new SegchainError({
      category: 'usage',
      code: 'DIALECT_UNKNOWN',
      message: `there is no dialect ${named}`,
      hint: `dialects: ${names}`,
    })
  }
  const recognised = dialects.find(
    ({ recognisedBy }) => announced?.has(recognisedBy) === true || capabilities.includes(recognisedBy),
  )
  if (recognised !== undefined) return recognised
  throw new SegchainError({
    category: 'rejected',
    code: 'DIALECT_UNRECOGNISED',
    message: 'the device announces no YANG module that one of our dialects is recognised by',
    hint: `name the dialect in the Device intent (dialect: ${names})`,
  })
}

export * from './dialect.js'
export { type Expression, expressAll } from './express-all.js'
export { factsOf } from './facts.js'
export * as frr from './frr/index.js'
