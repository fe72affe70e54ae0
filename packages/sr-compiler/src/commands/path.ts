import { Flags, inputArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** What an algorithm of the IGP does not ask about. */
const CONSTRAINTS = [
  ...['disjoint', 'margin', 'data-plane', 'exclude-any', 'include-any', 'include-all', 'exclude-srlg', 'exclude-node'],
  ...['exclude-link', 'via', 'max-delay', 'max-hops', 'max-metric', 'bandwidth', 'minimize'],
]
const numbers = (description: string) => Flags.integer({ multiple: true, min: 0, description })

/** A constrained path and the segments that force it. */
export default class Path extends ToolCommand<typeof Path> {
  static override summary =
    'Compute a constrained path, or a disjoint pair, and the shortest segment list that forces it'
  static override description =
    'Where there is none, a no-path record says what cut it off and the least that would have to give; the exit code is 3.'
  static override examples = [
    'bgpls-collector decode session.pcap | <%= config.bin %> <%= command.id %> --from r1 --to r4 --exclude-any 0 -o table',
    '<%= config.bin %> <%= command.id %> topology.ndjson --from r1 --to r4 --disjoint node | jq -c .nodes',
    '<%= config.bin %> <%= command.id %> topology.ndjson --from r1 --to r4 --algorithm 128 | jq -c ".segments[]"',
    '<%= config.bin %> <%= command.id %> topology.ndjson --from r1 --to r4 --margin 10% --paths 4 | jq -c "[.cost, .aboveBest, .nodes]"',
  ]
  static override args = { topology: inputArgument({ description: 'Topology stream' }) }
  static override flags = {
    from: Flags.string({ required: true, description: 'Node' }),
    to: Flags.string({ required: true, description: 'Node' }),
    instance: Flags.string({
      description: 'One IGP instance of several; without it, all that nodes join are taken together',
      helpValue: 'isis-l2/0',
    }),
    'multi-topology': Flags.integer({
      min: 0,
      max: 4095,
      description: 'Of IS-IS with several: 2 is that of IPv6 (RFC 5120); default 0',
    }),
    intents: Flags.string({
      description: 'Directory of intents, for the network as they make it',
      helpValue: 'DIR',
      exclusive: ['instance'],
    }),
    algorithm: Flags.integer({
      min: 0,
      max: 255,
      description: 'All shortest paths of this algorithm, as the IGP takes them, instead of a constrained one',
      exclusive: CONSTRAINTS,
    }),
    minimize: Flags.option({ options: ['igp', 'te', 'delay', 'hops'] as const, default: 'igp' as const })({
      description: 'Metric',
    }),
    disjoint: Flags.option({ options: ['link', 'node', 'srlg'] as const })({
      description: 'Two paths with nothing in common',
    }),
    'data-plane': Flags.option({ options: ['mpls', 'srv6'] as const, default: 'mpls' as const })({
      description: 'What the segment list is written in: labels, or SRv6 SIDs and carriers',
    }),
    margin: Flags.string({
      description: 'Accept paths that are dearer than the best by this much, and take the one with the fewest segments',
      helpValue: '10%|20',
      exclusive: ['disjoint', 'via'],
    }),
    paths: Flags.integer({ min: 1, max: 64, description: 'How many of them, for load sharing', dependsOn: ['margin'] }),
    'exclude-any': numbers('Affinity bit that no link may have'),
    'include-any': numbers('Affinity bits of which every link must have one'),
    'include-all': numbers('Affinity bit that every link must have'),
    'exclude-srlg': numbers('SRLG that no link may be in'),
    'exclude-node': Flags.string({ multiple: true, description: 'Node to keep off' }),
    'exclude-link': Flags.string({
      multiple: true,
      description: 'Link to keep off, in both directions',
      helpValue: 'r1-r2',
    }),
    via: Flags.string({ multiple: true, description: 'Node or link to pass, in this order', helpValue: 'r3|r1-r2' }),
    'max-delay': Flags.integer({ min: 0, description: 'Bound in microseconds' }),
    'max-hops': Flags.integer({ min: 0, description: 'Bound on links' }),
    'max-metric': Flags.integer({ min: 0, description: 'Bound on the IGP metric' }),
    bandwidth: Flags.integer({ min: 0, description: 'Bytes a second that every link must have left' }),
  }
  static override schema = 'segchain.analysis/1' as const

  protected async execute(io: ToolIo<typeof Path>): Promise<void> {
    const { runPath } = await import('../shell/run-path.js')
    await runPath(io)
  }
}
