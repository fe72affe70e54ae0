import { Flags, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** The model card. */
export default class Evaluate extends ToolCommand<typeof Evaluate> {
  static override summary =
    'write the model card: precision, recall, intervals, by source and by capture; of our model (trained once more), or of any on captures'
  static override examples = [
    '<%= config.bin %> evaluate --captures captures | less',
    '<%= config.bin %> evaluate --leave-one-out > model-card.md',
    '<%= config.bin %> evaluate --model mine.onnx --gaming play.pcap --other office.pcap --plots plots | less',
  ]
  static override flags = {
    captures: Flags.string({ summary: 'folder of real captures; each gets a row of its own' }),
    plots: Flags.string({ summary: 'folder for roc.svg, confusion.svg and time-to-decision.svg of what was held out' }),
    'leave-one-out': Flags.boolean({ summary: 'also train without each source in its turn (takes minutes)' }),
    gaming: Flags.string({
      multiple: true,
      summary: 'a capture, or reports, of cloud gaming: measure on these, and train nothing',
      exclusive: ['captures', 'leave-one-out'],
    }),
    other: Flags.string({
      multiple: true,
      summary: 'a capture, or reports, of other traffic (several times)',
      exclusive: ['captures', 'leave-one-out'],
    }),
    model: Flags.string({ summary: 'with --gaming or --other: an ONNX file; that of the package without it' }),
    rule: Flags.string({ summary: 'with --gaming or --other: the session rule; that of the package without it' }),
  }
  static override schema = 'segchain.report/1' as const

  protected async execute(io: ToolIo<typeof Evaluate>): Promise<void> {
    const { flags } = io
    const { labelled } = await import('../evaluate/labelled.js')
    const given = labelled(flags.gaming, flags.other)
    if (given.length > 0) {
      const { evaluateGiven } = await import('../evaluate/evaluate-given.js')
      const read = (path: string) => io.read(path, 'segchain.report/1')
      const { card, plots } = await evaluateGiven(given, read, flags.model, flags.rule)
      await this.#writePlots(flags.plots, plots)
      return io.text(card)
    }
    const { TRAINING, train } = await import('../evaluate/train.js')
    const { modelCard } = await import('../evaluate/card.js')
    const { heldOutPlots } = await import('../evaluate/held-out-plots.js')
    const captures = flags.captures === undefined ? {} : { captures: flags.captures }
    const trained = train(TRAINING)
    if (flags.plots !== undefined) await this.#writePlots(flags.plots, heldOutPlots(trained))
    await io.text(await modelCard(trained, { leaveOneOut: flags['leave-one-out'], ...captures }))
  }

  async #writePlots(folder: string | undefined, plots: ReadonlyMap<string, string>): Promise<void> {
    if (folder === undefined) return
    const { mkdir, writeFile } = await import('node:fs/promises')
    const { join } = await import('node:path')
    await mkdir(folder, { recursive: true })
    for (const [name, svg] of plots) await writeFile(join(folder, name), svg)
  }
}
