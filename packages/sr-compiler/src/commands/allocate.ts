import { Flags, requiredArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** Writes sids.lock. */
export default class Allocate extends ToolCommand<typeof Allocate> {
  static override summary = 'Give every service and node the SIDs that it lacks, and write sids.lock'
  static override description =
    'What is in sids.lock never changes. With --topology, SIDs and addresses that the network uses are kept clear of.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> examples/cloud-gaming --topology topology.ndjson | jq .counts',
    '<%= config.bin %> <%= command.id %> intents --prune --dry-run | jq -r .after',
  ]
  static override eachTime = ['prune']
  static override args = { intents: requiredArgument({ description: 'Directory of intents' }) }
  static override flags = {
    topology: Flags.string({
      char: 't',
      description: 'Topology stream whose SIDs are taken (-: stdin)',
      helpValue: 'FILE',
    }),
    prune: Flags.boolean({
      description: 'Free the SIDs of owners that are gone; do it when no router has them any more',
    }),
    'dry-run': Flags.boolean({ description: 'Say what would be written, and write nothing' }),
  }
  static override schema = 'segchain.result/1' as const

  protected async execute(io: ToolIo<typeof Allocate>): Promise<void> {
    const { runAllocate } = await import('../shell/run-allocate.js')
    await runAllocate(io)
  }
}
