import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** The label forwarding tables that routers will have. */
export default class Lfib extends ToolCommand<typeof Lfib> {
  static override summary =
    'Predict the label forwarding table of routers, for the network as it is or as intents make it'
  static override description =
    'One record a label: what happens to it, and every equal-cost way on. A segment that a router cannot reach has no row, nor has its own one where the neighbours pop the label (penultimate hop popping).'
  static override examples = [
    'bgpls-collector decode session.pcap | <%= config.bin %> <%= command.id %> --node r1 -o table',
    "<%= config.bin %> <%= command.id %> topology.ndjson --intents examples/cloud-gaming | jq -c 'select(.service) | [.node, .label, .action]'",
  ]
  static override args = { topology: inputArgument({ description: 'Topology stream' }) }
  static override flags = {
    node: Flags.string({ multiple: true, description: 'Router; default: all' }),
    instance: Flags.string({ description: 'IGP instance, where there are several', helpValue: 'isis-l2/0' }),
    'multi-topology': Flags.integer({
      min: 0,
      max: 4095,
      description: 'Only that one of several (RFC 5120: 2 is that of IPv6); default: all that have prefix-SIDs',
    }),
    intents: Flags.string({ description: 'Directory of intents, for the network as they make it', helpValue: 'DIR' }),
    algorithm: Flags.integer({ min: 0, max: 255, description: 'Only the segments of this algorithm' }),
  }
  static override schema = 'segchain.analysis/1' as const

  protected async execute(io: ToolIo<typeof Lfib>): Promise<void> {
    const { runLfib } = await import('../shell/run-lfib.js')
    await runLfib(io)
  }
}
