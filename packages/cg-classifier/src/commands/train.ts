import { Flags, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** The models, from generated traffic, or from captures that somebody knows the class of. */
export default class Train extends ToolCommand<typeof Train> {
  static override summary =
    'train the models on generated traffic, or on captures, and write them as ONNX, with the session rule'
  static override examples = [
    '<%= config.bin %> train --out model | cat   # the same bytes every time',
    '<%= config.bin %> train --out mine --gaming play-1.pcap --gaming play-2.pcap --other office.pcap --only-given | cat',
  ]
  static override flags = {
    out: Flags.string({
      required: true,
      summary:
        'folder for cloud-gaming.onnx, anomaly.onnx and session-rule.json; from captures also the card and plots',
    }),
    sessions: Flags.integer({ default: 40, min: 2, max: 1000, summary: 'generated sessions an application' }),
    seconds: Flags.integer({ default: 4, min: 2, max: 120, summary: 'length of a generated session' }),
    gaming: Flags.string({
      multiple: true,
      summary: 'a capture, or reports, of cloud gaming (several times)',
      dependsOn: ['other'],
    }),
    other: Flags.string({
      multiple: true,
      summary: 'a capture, or reports, of other traffic (several times)',
      dependsOn: ['gaming'],
    }),
    'only-given': Flags.boolean({ summary: 'no generated traffic: only what was given', dependsOn: ['gaming'] }),
    window: Flags.boolean({ summary: 'a model that sees each window alone, without the past of its session' }),
  }
  static override schema = 'segchain.report/1' as const

  protected async execute(io: ToolIo<typeof Train>): Promise<void> {
    const { mkdir, writeFile } = await import('node:fs/promises')
    const { join } = await import('node:path')
    const { trainFiles } = await import('../evaluate/train-files.js')
    const { flags } = io
    const { labelled } = await import('../evaluate/labelled.js')
    const files = await trainFiles({
      sessions: flags.sessions,
      seconds: flags.seconds,
      kind: flags.window ? 'window' : 'session',
      given: labelled(flags.gaming, flags.other),
      generated: !flags['only-given'],
      read: (path) => io.read(path, 'segchain.report/1'),
    })
    await mkdir(flags.out, { recursive: true })
    for (const [name, content] of files) await writeFile(join(flags.out, name), content)
    io.log.info(`wrote ${[...files.keys()].join(', ')} to ${flags.out}`)
  }
}
