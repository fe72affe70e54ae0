import { inputArgument, ToolCommand, type ToolIo } from '../../../src/index.js'

/** Reads a topology and writes its sessions. */
export default class Copy extends ToolCommand<typeof Copy> {
  static override summary = 'copy session records'
  static override examples = ['<%= config.bin %> produce | <%= config.bin %> copy']
  static override schema = 'segchain.topology/1' as const
  static override args = { file: inputArgument({ description: 'a topology' }) }

  protected async execute(io: ToolIo<typeof Copy>): Promise<void> {
    const out = await io.open()
    for await (const record of io.read(io.args.file, 'segchain.topology/1')) {
      if (record.kind === 'session') await out.write(record)
    }
    await out.end({ outcome: 'ok', counts: { bad: io.badLines } })
  }
}
