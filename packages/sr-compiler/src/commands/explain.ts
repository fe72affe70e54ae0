import { Flags, requiredArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** Why this way, or why none. */
export default class Explain extends ToolCommand<typeof Explain> {
  static override summary =
    'Why each chain takes its path and its labels; where there is none, why, and what would give one'
  static override examples = [
    'bgpls-collector decode session.pcap | <%= config.bin %> <%= command.id %> examples/cloud-gaming -o yaml',
    "<%= config.bin %> <%= command.id %> intents -t topology.ndjson | jq -r '.relaxations[]?.change'",
  ]
  static override args = { intents: requiredArgument({ description: 'Directory of intents' }) }
  static override flags = {
    topology: Flags.string({ char: 't', description: 'Topology stream (- or nothing: stdin)', helpValue: 'FILE' }),
  }
  static override schema = 'segchain.analysis/1' as const

  protected async execute(io: ToolIo<typeof Explain>): Promise<void> {
    const { runExplain } = await import('../shell/run-explain.js')
    await runExplain(io)
  }
}
