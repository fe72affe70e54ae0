import { Flags, requiredArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { clientFlags } from '../client-flags.js'

export default class Drain extends ToolCommand<typeof Drain> {
  static override summary = 'Gives an instance of a service no new sessions; it keeps those that it has'
  static override examples = [
    '<%= config.bin %> drain orange/cg/classify fw1 --wait 300',
    '<%= config.bin %> drain orange/cg/classify fw1 --undo | jq -c .instances',
  ]
  static override args = {
    service: requiredArgument({ description: 'ServiceID' }),
    instance: requiredArgument({ description: 'Its instance' }),
  }
  static override flags = {
    ...clientFlags,
    undo: Flags.boolean({ description: 'give it new sessions again' }),
    wait: Flags.integer({
      min: 1,
      helpValue: 'SECONDS',
      exclusive: ['undo'],
      description: 'until it has no session that was used in the last minute; exit 1 when the time is over',
    }),
  }
  static override schema = 'segchain.proxy/1' as const

  protected async execute(io: ToolIo<typeof Drain>): Promise<void> {
    const { drainInstance } = await import('../drain-instance.js')
    await drainInstance(io)
  }
}
