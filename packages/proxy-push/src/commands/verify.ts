import { inputArgument } from '@segchain/cli-kit'
import Diff from './diff.js'

export default class Verify extends Diff {
  static override summary = 'Says whether the proxies still have what the plan wants; exit 1 on drift'
  static override description =
    'The same reading as diff, with the plan that was applied: what it finds is what somebody else has changed since.'
  static override examples = [
    '<%= config.bin %> verify applied-plan.ndjson --devices intents -o table',
    '<%= config.bin %> verify applied-plan.ndjson --devices intents | jq -c \'select(.kind == "change")\'',
  ]
  static override eachTime = ['prune']
  static override args = { plan: inputArgument({ description: 'The plan that was applied' }) }
}
