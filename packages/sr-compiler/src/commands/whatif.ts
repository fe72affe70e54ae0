import { Flags, requiredArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** What a failure or a change would do to the chains. */
export default class Whatif extends ToolCommand<typeof Whatif> {
  static override summary = 'Which chains move, break or get slower when something fails or changes'
  static override description =
    'The stacks stay as compiled, the network converges around the failure. Without --down, --set and --against: every single link, node, SRLG and instance. ' +
    'Links are named by their nodes (both directions, and all of several between the two), or one by the address of its interface.'
  static override examples = [
    'bgpls-collector decode session.pcap | <%= config.bin %> <%= command.id %> examples/cloud-gaming | jq -r \'select(.status=="broken")|.event\'',
    '<%= config.bin %> <%= command.id %> intents -t topology.ndjson --down link:r5-r6 --down node:r3 -o table',
    '<%= config.bin %> <%= command.id %> intents -t now.ndjson --against tomorrow.ndjson | jq -c "[.policy,.status]"',
  ]
  static override args = { intents: requiredArgument({ description: 'Directory of intents' }) }
  static override flags = {
    topology: Flags.string({ char: 't', description: 'Topology stream (- or nothing: stdin)', helpValue: 'FILE' }),
    down: Flags.string({
      multiple: true,
      description: 'What fails, each by itself',
      helpValue: 'link:a-b|link:ADDRESS|node:a|srlg:1|instance:service/name',
    }),
    set: Flags.string({
      multiple: true,
      description: 'What changes, each by itself; by an ADDRESS only what that interface says, which is one direction',
      helpValue: 'a-b:metric=100|ADDRESS:delay=5000|a-b:te=7',
    }),
    against: Flags.string({ description: 'Another topology, to compare with this one', helpValue: 'FILE' }),
    all: Flags.boolean({ description: 'Also say what does not change' }),
  }
  static override schema = 'segchain.analysis/1' as const

  protected async execute(io: ToolIo<typeof Whatif>): Promise<void> {
    const { runWhatif } = await import('../shell/run-whatif.js')
    await runWhatif(io)
  }
}
