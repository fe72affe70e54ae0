import { Flags, requiredArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** A symbolic packet through the network. */
export default class Trace extends ToolCommand<typeof Trace> {
  static override summary = 'Follow the packets of each policy label by label, over every equal-cost branch'
  static override examples = [
    'bgpls-collector decode session.pcap | <%= config.bin %> <%= command.id %> examples/cloud-gaming -o table',
    '<%= config.bin %> <%= command.id %> intents -t topology.ndjson --from r1 --labels 17004,16004 | jq -c "[.node,.labels]"',
  ]
  static override args = { intents: requiredArgument({ description: 'Directory of intents' }) }
  static override flags = {
    topology: Flags.string({ char: 't', description: 'Topology stream (- or nothing: stdin)', helpValue: 'FILE' }),
    from: Flags.string({ description: 'Trace from this node instead', dependsOn: ['labels'] }),
    labels: Flags.string({
      description: 'The stack to trace, top first',
      helpValue: '17004,16004',
      dependsOn: ['from'],
    }),
  }
  static override schema = 'segchain.analysis/1' as const

  protected async execute(io: ToolIo<typeof Trace>): Promise<void> {
    const { runTrace } = await import('../shell/run-trace.js')
    await runTrace(io)
  }
}
