import { Args } from '@oclif/core'
import { ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { decideFlags } from '../shell/flags.js'

export default class Confirm extends ToolCommand<typeof Confirm> {
  static override summary = 'Keeps what apply --hold has left provisional'
  static override description =
    'Works from any host: the devices know the transaction by its persist-id, which the result stream of apply --hold has. The persist-id opens nothing without a login on the devices.'
  static override examples = [
    '<%= config.bin %> confirm segchain-0123456789abcdef01234567 --devices intents',
    'ssh operator@other cat held.ndjson | <%= config.bin %> confirm --from - --devices intents -o ndjson | jq .status',
  ]
  static override args = {
    transaction: Args.string({ description: 'As apply --hold has named it', ignoreStdin: true }),
  }
  static override flags = decideFlags
  static override schema = 'segchain.result/1' as const

  protected async execute(io: ToolIo<typeof Confirm>): Promise<void> {
    const { decide } = await import('../shell/decide.js')
    await decide(io, 'confirm')
  }
}
