import { ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { SegchainError } from '@segchain/records/error'
import { collectorFlags } from '../collector-flags.js'

/** The topology live, for a person. */
export default class Watch extends ToolCommand<typeof Watch> {
  static override summary = 'show sessions, nodes, links and prefixes on the terminal, as they change'
  static override description =
    'Tab goes to the next table, arrows and page keys scroll, q ends. What changed in the last seconds is green.'
  static override examples = [
    '<%= config.bin %> watch --peer 10.0.0.1',
    '<%= config.bin %> collect --follow --peer 10.0.0.1 | jq -c .   # the same for a program',
  ]
  static override flags = { ...collectorFlags }
  static override schema = 'segchain.topology/1' as const

  protected async execute(io: ToolIo<typeof Watch>): Promise<void> {
    if (!io.terminal || process.env.TERM === 'dumb') {
      throw new SegchainError({
        category: 'usage',
        code: 'NO_TERMINAL',
        message: 'watch draws on a terminal, and stdout is none',
        hint: 'for a file or another program: collect --follow, with the same flags',
      })
    }
    const { collectorOptions } = await import('../collect/collector-options.js')
    const { runWatch } = await import('../watch/run-watch.js')
    const { bmp, options } = collectorOptions(io.flags)
    await runWatch(io, process.stdout, process.stdin, options, bmp)
  }
}
