import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** The network drawn. */
export default class Graph extends ToolCommand<typeof Graph> {
  static override summary = 'Draw the network, and with intents the chains on it: SVG, DOT or GraphML'
  static override examples = [
    'bgpls-collector decode session.pcap | <%= config.bin %> <%= command.id %> --intents examples/cloud-gaming > network.svg',
    '<%= config.bin %> <%= command.id %> topology.ndjson --format dot | dot -Tpdf > network.pdf',
  ]
  static override args = { topology: inputArgument({ description: 'Topology stream' }) }
  static override flags = {
    intents: Flags.string({ description: 'Directory of intents whose chains are drawn', helpValue: 'DIR' }),
    format: Flags.option({ options: ['svg', 'dot', 'graphml'] as const, default: 'svg' as const })({
      description: 'What to write',
    }),
    instance: Flags.string({ description: 'IGP instance, where there are several', helpValue: 'isis-l2/0' }),
    'multi-topology': Flags.integer({
      min: 0,
      max: 4095,
      description: 'Of IS-IS with several: 2 is that of IPv6 (RFC 5120); default 0',
    }),
  }
  static override schema = 'segchain.analysis/1' as const

  protected async execute(io: ToolIo<typeof Graph>): Promise<void> {
    const { runGraph } = await import('../shell/run-graph.js')
    await runGraph(io)
  }
}
