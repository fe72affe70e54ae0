import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { deviceFlags, journalFlag } from '../shell/flags.js'

export default class Apply extends ToolCommand<typeof Apply> {
  static override summary = 'Makes all devices have what the plan wants, or none, and reads it back'
  static override description = [
    'Validate on all devices, confirmed commit on all, read running back, health probe, confirm on all; any failure takes everything back on all.',
    'What is about to be done is written to a journal first: after a crash, recover finishes or undoes it.',
    'Only what the plan names is touched.',
  ].join(' ')
  static override examples = [
    'sr-compiler compile intents --topology topology.ndjson | <%= config.bin %> apply --devices intents',
    '<%= config.bin %> apply plan.ndjson --devices intents --dry-run -o table',
    "<%= config.bin %> apply plan.ndjson --devices intents --probe 'ping -c 3 10.254.0.1'",
    '<%= config.bin %> apply plan.ndjson --devices intents | jq -r \'select(.kind == "device-result") | .device, .status\'',
  ]
  static override args = { plan: inputArgument({ description: 'A plan' }) }
  static override flags = {
    ...deviceFlags,
    journal: journalFlag,
    'dry-run': Flags.boolean({
      description: 'let the devices validate the changes in their candidate, and discard them',
    }),
    'keep-going': Flags.boolean({
      description: 'go on without devices that fail before anything is committed; exit 3',
    }),
    hold: Flags.boolean({ description: 'leave it provisional: confirm or cancel decides' }),
    'confirm-timeout': Flags.integer({
      min: 10,
      max: 86_400,
      default: 300,
      helpValue: 'SECONDS',
      description: 'after which devices undo by themselves what was not confirmed',
    }),
    probe: Flags.string({
      helpValue: 'COMMAND',
      description: 'must exit with 0 before anything is confirmed; tried again until the time is over',
    }),
    'probe-timeout': Flags.integer({ min: 1, default: 60, helpValue: 'SECONDS', description: 'for the probe' }),
  }
  static override schema = 'segchain.result/1' as const

  protected async execute(io: ToolIo<typeof Apply>): Promise<void> {
    const { applyPlan } = await import('../shell/apply-plan.js')
    await applyPlan(io)
  }
}
