import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { proxyFlags } from '../shell/flags.js'

export default class Apply extends ToolCommand<typeof Apply> {
  static override summary = 'Makes all proxies have what the plan wants, or none, and reads it back'
  static override description = [
    'Every proxy says first what would change and whether it takes it; then they are written one after the other, each from one packet to the next.',
    'On any failure those that were written get back what they had.',
    'Only the tables of --owner are touched, and in them only what the plan names unless --prune is given.',
  ].join(' ')
  static override examples = [
    'sr-compiler compile intents --topology topology.ndjson | <%= config.bin %> apply --devices intents',
    '<%= config.bin %> apply plan.ndjson --devices intents --dry-run -o table',
    '<%= config.bin %> apply plan.ndjson --devices intents | jq -r \'select(.kind == "device-result") | .device, .status\'',
  ]
  static override eachTime = ['prune', 'allow-delete']
  static override args = { plan: inputArgument({ description: 'A plan' }) }
  static override flags = {
    ...proxyFlags,
    'dry-run': Flags.boolean({ description: 'let the proxies check everything, and change nothing' }),
    'allow-delete': Flags.integer({
      min: 0,
      default: 10,
      helpValue: 'N',
      description: 'with --prune: so many labels may be taken away from a proxy',
    }),
  }
  static override schema = 'segchain.result/1' as const

  protected async execute(io: ToolIo<typeof Apply>): Promise<void> {
    const { applyPlan } = await import('../shell/run-push.js')
    await applyPlan(io)
  }
}
