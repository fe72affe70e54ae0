import { Flags, requiredArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** Intents and topology to a plan. */
export default class Compile extends ToolCommand<typeof Compile> {
  static override summary = 'Compile intents and a topology into a plan: SIDs, label stacks, steering'
  static override description =
    'Reads a segchain.topology/1 stream and the YAML intents of a directory; writes a segchain.plan/1 stream. ' +
    'When anything is wrong, every error is named with file and line, nothing is written, and the exit code is 4.'
  static override examples = [
    'bgpls-collector decode session.pcap | <%= config.bin %> <%= command.id %> examples/cloud-gaming',
    '<%= config.bin %> <%= command.id %> intents --topology topology.ndjson | netconf-push diff',
    'bgpls-collector collect --follow | <%= config.bin %> <%= command.id %> intents --follow | jq -c "[.kind, .id]"',
  ]
  static override args = { intents: requiredArgument({ description: 'Directory of intents' }) }
  static override flags = {
    topology: Flags.string({ char: 't', description: 'Topology stream (- or nothing: stdin)', helpValue: 'FILE' }),
    'write-lock': Flags.boolean({ description: 'Allocate SIDs that are missing, and write sids.lock' }),
    unreachable: Flags.option({ options: ['error', 'warn'] as const, default: 'error' as const })({
      description: 'What a device that the topology lacks, or an instance that nobody reaches, is',
    }),
    failover: Flags.option({ options: ['warn', 'error', 'off'] as const, default: 'warn' as const })({
      description:
        'What a single failure is after which an anycast chain breaks although a way is left; off: failures are not tried',
    }),
    follow: Flags.boolean({
      description:
        'Go on with the stream: after each change of the network what changes in the plan, and a sync. A network without a plan is told by error records, and the last good plan stays',
    }),
    settle: Flags.integer({
      min: 0,
      max: 60_000,
      dependsOn: ['follow'],
      description:
        '[default: 250] With --follow: look at changes when none came for so long (at the latest after ten times that)',
      helpValue: 'MS',
    }),
  }
  static override schema = 'segchain.plan/1' as const

  protected async execute(io: ToolIo<typeof Compile>): Promise<void> {
    if (io.flags.follow) {
      const { runFollow } = await import('../shell/run-follow.js')
      return await runFollow(io)
    }
    const { runCompile } = await import('../shell/run-compile.js')
    await runCompile(io)
  }
}
