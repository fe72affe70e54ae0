import { Flags, requiredArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** Who serves whom. */
export default class Balance extends ToolCommand<typeof Balance> {
  static override summary =
    'How the traffic of all headends falls on the instances of each service, beside their weights and capacities'
  static override description =
    'An anycast SID leads to the nearest instance, whatever its weight; equal-cost branches share evenly. With a demand in ' +
    'every Steering the shares are of flows, otherwise each headend counts the same.'
  static override examples = [
    'bgpls-collector decode session.pcap | <%= config.bin %> <%= command.id %> examples/cloud-gaming -o yaml',
    "<%= config.bin %> <%= command.id %> intents -t topology.ndjson | jq -c 'select(.imbalance > 1.5) | [.service, .imbalance]'",
  ]
  static override args = { intents: requiredArgument({ description: 'Directory of intents' }) }
  static override flags = {
    topology: Flags.string({ char: 't', description: 'Topology stream (- or nothing: stdin)', helpValue: 'FILE' }),
  }
  static override schema = 'segchain.analysis/1' as const

  protected async execute(io: ToolIo<typeof Balance>): Promise<void> {
    const { runBalance } = await import('../shell/run-balance.js')
    await runBalance(io)
  }
}
