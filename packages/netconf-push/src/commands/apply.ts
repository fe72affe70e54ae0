import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { deviceFlags, journalFlag } from '../shell/flags.js'
import { pruneFlags } from '../shell/prune-flags.js'

export default class Apply extends ToolCommand<typeof Apply> {
  static override summary = 'Makes all devices have what the plan wants, or none, and reads it back'
  static override description = [
    'Validate on all devices, confirmed commit on all, read running back, health probe, confirm on all; any failure takes everything back on all.',
    'What is about to be done is written to a journal first: after a crash, recover finishes or undoes it.',
    'Only what the plan names is touched; --prune removes what was applied earlier and is not in the plan any more.',
  ].join(' ')
  static override examples = [
    'sr-compiler compile intents --topology topology.ndjson | <%= config.bin %> apply --devices intents',
    '<%= config.bin %> apply plan.ndjson --devices intents --dry-run -o table',
    'bgpls-collector collect --peer 192.0.2.1 --local-as 65000 | <%= config.bin %> apply plan.ndjson --devices intents --probe-topology -',
    "<%= config.bin %> apply plan.ndjson --devices intents --probe 'ping -c 3 10.254.0.1'",
    '<%= config.bin %> apply plan.ndjson --devices intents | jq -r \'select(.kind == "device-result") | .device, .status\'',
  ]
  static override eachTime = ['prune', 'previous', 'allow-delete', 'allow-older', 'reviewed']
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
    ...pruneFlags,
    'allow-delete': Flags.string({
      default: '20%',
      helpValue: 'N|N%',
      description: 'how many elements, or which share of what is ours, --prune may remove',
    }),
    topology: Flags.string({
      helpValue: 'TOPOLOGY',
      description: 'the topology as it is now: a plan that was computed from another one is refused',
    }),
    reviewed: Flags.string({
      helpValue: 'RESULT',
      description: 'the output of diff or of a dry run: a device on which anything else would change by now is refused',
    }),
    'allow-older': Flags.boolean({ description: 'apply a plan of an earlier commit than a device has got already' }),
    'probe-topology': Flags.string({
      helpValue: 'TOPOLOGY',
      description:
        'wait until this topology shows every prefix-SID of the plan and no session is down: a file that is read again and again, or - for a collector on stdin',
    }),
    probe: Flags.string({
      helpValue: 'COMMAND',
      description: 'must exit with 0 before anything is confirmed; tried again until the time is over',
    }),
    'probe-timeout': Flags.integer({ min: 1, default: 60, helpValue: 'SECONDS', description: 'for a probe' }),
  }
  static override schema = 'segchain.result/1' as const

  protected async execute(io: ToolIo<typeof Apply>): Promise<void> {
    const { applyPlan } = await import('../shell/apply-plan.js')
    await applyPlan(io)
  }
}
