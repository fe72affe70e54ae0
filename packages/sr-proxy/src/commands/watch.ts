import { ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { clientFlags } from '../client-flags.js'

export default class Watch extends ToolCommand<typeof Watch> {
  static override summary =
    'Says what happens, as it happens: tables applied, interfaces, services that wait for an answer'
  static override examples = [
    '<%= config.bin %> watch -o table',
    '<%= config.bin %> watch | jq --unbuffered -r "select(.event == \\"held\\") | .service"',
  ]
  static override flags = clientFlags
  static override schema = 'segchain.proxy/1' as const

  protected async execute(io: ToolIo<typeof Watch>): Promise<void> {
    const { watchEvents } = await import('../watch-events.js')
    await watchEvents(io)
  }
}
