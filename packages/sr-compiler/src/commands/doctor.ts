import { type Check, Doctor } from '@segchain/cli-kit/setup'

/** Node is all that it needs. */
export default class extends Doctor {
  protected checks(): readonly Check[] {
    return []
  }
}
