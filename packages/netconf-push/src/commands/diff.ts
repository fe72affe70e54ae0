import { inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { deviceFlags, journalFlag } from '../shell/flags.js'
import { pruneFlags } from '../shell/prune-flags.js'

export default class Diff extends ToolCommand<typeof Diff> {
  static override summary = 'Shows what the plan would change on the devices; exit 1 when anything'
  static override description =
    'Reads the running configuration of every router of the plan and compares it with what the plan wants there. Changes nothing and takes no lock.'
  static override examples = [
    'sr-compiler compile intents --topology topology.ndjson | <%= config.bin %> diff --devices intents',
    '<%= config.bin %> diff plan.ndjson --devices intents --device r3 -o table',
  ]
  static override eachTime = ['prune', 'previous']
  static override args = { plan: inputArgument({ description: 'A plan' }) }
  static override flags = { ...deviceFlags, ...pruneFlags, journal: journalFlag }
  static override schema = 'segchain.result/1' as const

  protected async execute(io: ToolIo<typeof Diff>): Promise<void> {
    const { diffPlan } = await import('../shell/diff-plan.js')
    await diffPlan(io)
  }
}
