import { inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { proxyFlags } from '../shell/flags.js'

export default class Diff extends ToolCommand<typeof Diff> {
  static override summary = 'Shows what the plan would change on the proxies; exit 1 when anything'
  static override description = 'Reads the tables of every proxy of the plan. Changes nothing.'
  static override examples = [
    'sr-compiler compile intents --topology topology.ndjson | <%= config.bin %> diff --devices intents',
    '<%= config.bin %> diff plan.ndjson --devices intents --prune -o table',
  ]
  static override eachTime = ['prune']
  static override args = { plan: inputArgument({ description: 'A plan' }) }
  static override flags = proxyFlags
  static override schema = 'segchain.result/1' as const

  protected async execute(io: ToolIo<typeof Diff>): Promise<void> {
    const { diffPlan } = await import('../shell/run-push.js')
    await diffPlan(io)
  }
}
