import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** TI-LFA repairs and how much they cover. */
export default class Tilfa extends ToolCommand<typeof Tilfa> {
  static override summary = 'Predict the TI-LFA repairs of routers, and how much they cover (RFC 9855)'
  static override examples = [
    'bgpls-collector decode session.pcap | <%= config.bin %> <%= command.id %> --root r1 -o table',
    '<%= config.bin %> <%= command.id %> topology.ndjson --protect node | jq -c \'select(.repair=="unprotected")\'',
    '<%= config.bin %> <%= command.id %> topology.ndjson --intents examples/cloud-gaming --algorithm 128 | jq -c .segments',
  ]
  static override args = { topology: inputArgument({ description: 'Topology stream' }) }
  static override flags = {
    root: Flags.string({ multiple: true, description: 'Protecting router; default: all' }),
    protect: Flags.option({ options: ['link', 'node', 'srlg'] as const, default: 'link' as const })({
      description: 'What is taken to fail',
    }),
    instance: Flags.string({ description: 'IGP instance, where there are several', helpValue: 'isis-l2/0' }),
    'multi-topology': Flags.integer({
      min: 0,
      max: 4095,
      description: 'Of IS-IS with several: 2 is that of IPv6 (RFC 5120); default 0',
    }),
    intents: Flags.string({ description: 'Directory of intents, for the network as they make it', helpValue: 'DIR' }),
    algorithm: Flags.integer({
      min: 0,
      max: 255,
      default: 0,
      description: '0, or a Flex-Algo of the network or of the intents',
    }),
    'data-plane': Flags.option({ options: ['mpls', 'srv6'] as const, default: 'mpls' as const })({
      description: 'What repair lists are written in: labels, or SRv6 SIDs (End, End.X) and carriers',
    }),
    summary: Flags.boolean({ description: 'Only the coverage of each router' }),
  }
  static override schema = 'segchain.analysis/1' as const

  protected async execute(io: ToolIo<typeof Tilfa>): Promise<void> {
    const { runTilfa } = await import('../shell/run-tilfa.js')
    await runTilfa(io)
  }
}
