import { requiredArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { settleFlags } from '../shell/flags.js'

export default class Confirm extends ToolCommand<typeof Confirm> {
  static override summary = 'Keeps what apply --hold has left provisional'
  static override description =
    'Works from any session, and from another host that has the journal: the devices know the transaction by its persist-id.'
  static override examples = [
    '<%= config.bin %> confirm segchain-0123456789abcdef01234567 --devices intents',
    '<%= config.bin %> confirm segchain-0123456789abcdef01234567 --devices intents -o ndjson | jq .status',
  ]
  static override args = { transaction: requiredArgument({ description: 'As apply --hold has named it' }) }
  static override flags = settleFlags
  static override schema = 'segchain.result/1' as const

  protected async execute(io: ToolIo<typeof Confirm>): Promise<void> {
    const { settleTransactions } = await import('../shell/settle-transactions.js')
    await settleTransactions(io, io.args.transaction, 'confirm')
  }
}
