import { Flags, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** The model, from generated traffic. */
export default class Train extends ToolCommand<typeof Train> {
  static override summary = 'train the model on generated traffic and write it as ONNX, with the session rule'
  static override examples = ['<%= config.bin %> train --out model | cat   # the same bytes every time']
  static override flags = {
    out: Flags.string({ required: true, summary: 'folder for cloud-gaming.onnx and session-rule.json' }),
    sessions: Flags.integer({ default: 24, min: 2, max: 1000, summary: 'sessions a source' }),
    seconds: Flags.integer({ default: 8, min: 2, max: 120, summary: 'length of a session' }),
  }
  static override schema = 'segchain.report/1' as const

  protected async execute(io: ToolIo<typeof Train>): Promise<void> {
    const { mkdir, writeFile } = await import('node:fs/promises')
    const { join } = await import('node:path')
    const { train } = await import('../evaluate/train.js')
    const { onnx, rule } = train({ sessions: io.flags.sessions, seconds: io.flags.seconds })
    await mkdir(io.flags.out, { recursive: true })
    await writeFile(join(io.flags.out, 'cloud-gaming.onnx'), onnx)
    await writeFile(join(io.flags.out, 'session-rule.json'), `${JSON.stringify(rule, undefined, 2)}\n`)
    io.log.info(`wrote ${onnx.length} bytes to ${join(io.flags.out, 'cloud-gaming.onnx')}`)
  }
}
