import { Flags, ToolCommand, type ToolIo } from '@segchain/cli-kit'

/** The model card. */
export default class Evaluate extends ToolCommand<typeof Evaluate> {
  static override summary =
    'train once more and write the model card: precision, recall, intervals, by source and by real capture'
  static override examples = [
    '<%= config.bin %> evaluate --captures captures | less',
    '<%= config.bin %> evaluate --leave-one-out > model-card.md',
  ]
  static override flags = {
    captures: Flags.string({ summary: 'folder of real captures; each gets a row of its own' }),
    plots: Flags.string({ summary: 'folder for roc.svg, confusion.svg and time-to-decision.svg of what was held out' }),
    'leave-one-out': Flags.boolean({ summary: 'also train without each source in its turn (takes minutes)' }),
  }
  static override schema = 'segchain.report/1' as const

  protected async execute(io: ToolIo<typeof Evaluate>): Promise<void> {
    const { TRAINING, train } = await import('../evaluate/train.js')
    const { modelCard } = await import('../evaluate/card.js')
    const captures = io.flags.captures === undefined ? {} : { captures: io.flags.captures }
    const trained = train(TRAINING)
    if (io.flags.plots !== undefined) {
      const { mkdir, writeFile } = await import('node:fs/promises')
      const { join } = await import('node:path')
      const { heldOutPlots } = await import('../evaluate/held-out-plots.js')
      await mkdir(io.flags.plots, { recursive: true })
      for (const [name, svg] of heldOutPlots(trained)) await writeFile(join(io.flags.plots, name), svg)
    }
    await io.text(await modelCard(trained, { leaveOneOut: io.flags['leave-one-out'], ...captures }))
  }
}
