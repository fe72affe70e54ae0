import { ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { settleFlags } from '../shell/flags.js'

export default class Recover extends ToolCommand<typeof Recover> {
  static override summary = 'Finishes or undoes what a crashed apply has left behind'
  static override description =
    'Reads the journal. A transaction that had come to its decision is finished, any other is undone on all its devices; one that is held is left to confirm and cancel. Can be run as often as need be; with nothing to do it does nothing.'
  static override examples = [
    '<%= config.bin %> recover --devices intents',
    '<%= config.bin %> recover --devices intents | jq -r \'select(.kind == "device-result") | .device, .status\'',
  ]
  static override flags = settleFlags
  static override schema = 'segchain.result/1' as const

  protected async execute(io: ToolIo<typeof Recover>): Promise<void> {
    const { recoverTransactions } = await import('../shell/settle-transactions.js')
    await recoverTransactions(io)
  }
}
