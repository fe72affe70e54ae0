import { Flags, inputArgument, ToolCommand, type ToolIo } from '../../../src/index.js'

/** Reads a topology and writes its sessions. */
export default class Copy extends ToolCommand<typeof Copy> {
  static override summary = 'copy session records'
  static override examples = ['<%= config.bin %> produce | <%= config.bin %> copy']
  static override schema = 'segchain.topology/1' as const
  static override args = { file: inputArgument({ description: 'a topology' }) }

  static override flags = { first: Flags.boolean({ description: 'read everything before the output is opened' }) }

  protected async execute(io: ToolIo<typeof Copy>): Promise<void> {
    const input = io.read(io.args.file, 'segchain.topology/1')
    const records = io.flags.first ? await everythingOf(input) : input
    const out = await io.open()
    for await (const record of records) {
      if (record.kind === 'session') await out.write(record)
    }
    await out.end({ outcome: 'ok' })
  }
}

async function everythingOf<R>(input: AsyncIterable<R>): Promise<R[]> {
  const records: R[] = []
  for await (const record of input) records.push(record)
  return records
}
