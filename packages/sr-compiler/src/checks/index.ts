import { Problems } from '../compile/problems.js'
import { checkReferences } from '../compile/services.js'
import type { IntentSet } from '../intents/intent.js'
import { checkChains } from './chains.js'
import { checkDevices } from './devices.js'
import { checkFlexAlgos } from './flex-algos.js'
import { checkNetwork } from './network.js'
import { checkServices } from './services.js'
import { checkSteerings } from './steerings.js'

/** Intents are never changed: what was wrong with them stays wrong. */
const checked = new WeakMap<IntentSet, Problems>()

/** What the intents say that cannot be meant, whatever the network. */
export function checkIntents(intents: IntentSet, problems: Problems): void {
  let found = checked.get(intents)
  if (found === undefined) {
    found = new Problems()
    check(intents, found)
    checked.set(intents, found)
  }
  problems.errors.push(...found.errors)
  problems.warnings.push(...found.warnings)
}

function check(intents: IntentSet, problems: Problems): void {
  checkReferences(intents, problems)
  checkNetwork(intents, problems)
  checkFlexAlgos(intents, problems)
  checkServices(intents, problems)
  checkChains(intents, problems)
  checkSteerings(intents, problems)
  checkDevices(intents, problems)
}
