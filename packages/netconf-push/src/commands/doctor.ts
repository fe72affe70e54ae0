import { type Check, Doctor } from '@segchain/cli-kit/setup'
import { machineChecks } from '../shell/machine-checks.js'

export default class extends Doctor {
  protected checks(): readonly Check[] {
    return machineChecks
  }
}
