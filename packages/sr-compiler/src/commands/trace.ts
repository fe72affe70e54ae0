import { Flags, requiredArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** A symbolic packet through the network. */
export default class Trace extends ToolCommand<typeof Trace> {
  static override summary =
    'Follow the packets of each policy label by label or SID by SID, over every equal-cost branch'
  static override examples = [
    'bgpls-collector decode session.pcap | <%= config.bin %> <%= command.id %> examples/cloud-gaming -o table',
    '<%= config.bin %> <%= command.id %> intents -t topology.ndjson --from r1 --labels 17004,16004 | jq -c "[.node,.labels]"',
    '<%= config.bin %> <%= command.id %> intents -t topology.ndjson --from r1 --sids fcbb:bb00:8000:4:: | jq -c "[.node,.packet,.sent]"',
  ]
  static override args = { intents: requiredArgument({ description: 'Directory of intents' }) }
  static override flags = {
    topology: Flags.string({ char: 't', description: 'Topology stream (- or nothing: stdin)', helpValue: 'FILE' }),
    from: Flags.string({ description: 'Trace a packet of your own from this node' }),
    labels: Flags.string({
      description: 'The stack to trace, top first',
      helpValue: '17004,16004',
      dependsOn: ['from'],
      exclusive: ['sids'],
    }),
    sids: Flags.string({
      description: 'The SRv6 SIDs or carriers to trace, first one first',
      helpValue: 'fcbb:bb00:8000::,…',
      dependsOn: ['from'],
    }),
  }
  static override schema = 'segchain.analysis/1' as const

  protected async execute(io: ToolIo<typeof Trace>): Promise<void> {
    const { runTrace } = await import('../shell/run-trace.js')
    await runTrace(io)
  }
}
