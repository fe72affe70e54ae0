import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { deviceFlags } from '../shell/flags.js'

export default class Apply extends ToolCommand<typeof Apply> {
  static override summary = 'Makes the devices have what the plan wants, and reads it back'
  static override description =
    'On every router of the plan: lock, read, edit the candidate, validate, commit, read running back, unlock. Only what the plan names is touched.'
  static override examples = [
    'sr-compiler compile intents --topology topology.ndjson | <%= config.bin %> apply --devices intents',
    '<%= config.bin %> apply plan.ndjson --devices intents --dry-run -o table',
    '<%= config.bin %> apply plan.ndjson --devices intents | jq -r \'select(.kind == "device-result") | .device, .status\'',
  ]
  static override args = { plan: inputArgument({ description: 'A plan' }) }
  static override flags = {
    ...deviceFlags,
    'dry-run': Flags.boolean({
      description: 'let the devices validate the changes in their candidate, and discard them',
    }),
    'keep-going': Flags.boolean({ description: 'go on with the other devices when one fails' }),
  }
  static override schema = 'segchain.result/1' as const

  protected async execute(io: ToolIo<typeof Apply>): Promise<void> {
    const { applyPlan } = await import('../shell/apply-plan.js')
    await applyPlan(io)
  }
}
