import { Flags, ToolCommand, type ToolIo } from '../../../src/index.js'

/** Writes many records and ends with a code of its own, or for ever. */
export default class Produce extends ToolCommand<typeof Produce> {
  static override summary = 'write session records'
  static override examples = ['<%= config.bin %> produce --count 3 | head -1']
  static override schema = 'segchain.topology/1' as const
  static override eachTime = ['forever']
  static override flags = {
    count: Flags.integer({ default: 1 }),
    bytes: Flags.integer({ default: 0 }),
    forever: Flags.boolean(),
    exit: Flags.integer({ default: 0 }),
    secret: Flags.boolean(),
  }

  protected async execute(io: ToolIo<typeof Produce>): Promise<void> {
    const out = await io.open({ source: 'fixture' })
    const reason = 'x'.repeat(io.flags.bytes)
    for (let i = 0; io.flags.forever || i < io.flags.count; i++) {
      await out.write({
        kind: 'session',
        id: `session:${i}`,
        peer: '127.0.0.1',
        state: 'up',
        ...(reason && { reason }),
      })
    }
    io.log.info('written', { count: io.flags.count })
    if (io.flags.secret) io.log.warn('password=hunter2 was tried')
    io.exitCode = io.flags.exit
    await out.end({ outcome: io.flags.exit === 1 ? 'different' : 'ok', exitCode: io.flags.exit })
  }
}
