import { igpInstancesOf, type Snapshot } from '@segchain/path-engine'
import type { IntentSet } from '../intents/intent.js'
import { allocate } from '../lock/allocate.js'
import { demandsOf } from '../lock/demands.js'
import { allocateLocators, locatorDemandsOf } from '../lock/locators.js'
import type { Lock } from '../lock/lock-file.js'

/** What is still to be allocated, as far as intents alone tell (devices go by the names in the intents). */
export function missingAllocations(intents: IntentSet, lock: Lock, topology?: Snapshot): ReturnType<typeof allocate> {
  const deviceOf = new Map(
    intents.devices.flatMap((device) => [
      [device.spec.node ?? device.name, device.name] as const,
      [device.name, device.name] as const,
    ]),
  )
  const demands = demandsOf(intents, (algorithm) => {
    const nodes = intents.flexAlgos.find((flexAlgo) => flexAlgo.spec.algorithm === algorithm)?.spec.nodes
    return nodes?.flatMap((node) => deviceOf.get(node) ?? []) ?? intents.devices.map((device) => device.name)
  })
  return allocate(lock, demands, intents.network, inUse(topology))
}

/** The same for SRv6 locators. */
export function missingLocators(intents: IntentSet, lock: Lock, topology?: Snapshot) {
  const taken = (topology?.prefixes ?? []).flatMap((prefix) =>
    prefix.srv6Locator === undefined ? [] : [prefix.prefix],
  )
  return allocateLocators(lock.locators ?? [], locatorDemandsOf(intents), intents, new Set(taken))
}

function inUse(topology: Snapshot | undefined): { indexes: Set<number>; prefixes: Set<string> } {
  const prefixes = topology === undefined || igpInstancesOf(topology).length === 0 ? [] : topology.prefixes
  return {
    indexes: new Set(prefixes.flatMap((p) => (p.prefixSids ?? []).flatMap((sid) => sid.index ?? []))),
    prefixes: new Set(prefixes.map((p) => p.prefix)),
  }
}
