import { ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { clientFlags } from '../../client-flags.js'

export default class Labels extends ToolCommand<typeof Labels> {
  static override summary = 'The label table with its counters'
  static override examples = [
    '<%= config.bin %> show labels',
    `<%= config.bin %> show labels | jq -r 'select(.packets == "0") | .label'`,
  ]
  static override flags = clientFlags
  static override schema = 'segchain.proxy/1' as const
  /** Of the API. */
  protected readonly list: string = 'labels'

  protected async execute(io: ToolIo<typeof Labels>): Promise<void> {
    const { showList } = await import('../../show-list.js')
    await showList(io, this.list)
  }
}
