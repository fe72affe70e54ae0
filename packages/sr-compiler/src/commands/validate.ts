import { Flags, requiredArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** Says everything that is wrong with the intents, with or without a topology. */
export default class Validate extends ToolCommand<typeof Validate> {
  static override summary = 'Check intents; with a topology, check them against it too'
  static override examples = [
    '<%= config.bin %> <%= command.id %> examples/cloud-gaming | jq .outcome',
    'bgpls-collector decode session.pcap | <%= config.bin %> <%= command.id %> intents --topology -',
  ]
  static override args = { intents: requiredArgument({ description: 'Directory of intents' }) }
  static override flags = {
    topology: Flags.string({
      char: 't',
      description: 'Topology stream to check against (-: stdin)',
      helpValue: 'FILE',
    }),
    unreachable: Flags.option({ options: ['error', 'warn'] as const, default: 'error' as const })({
      description: 'What a device that the topology lacks, or an instance that nobody reaches, is',
    }),
  }
  static override schema = 'segchain.result/1' as const

  protected async execute(io: ToolIo<typeof Validate>): Promise<void> {
    const { runValidate } = await import('../shell/run-validate.js')
    await runValidate(io)
  }
}
