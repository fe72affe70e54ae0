import type { Command } from '@oclif/core'
import { CommandHelp, Help } from '@oclif/core/help'

/** A page begins with what people look for first: examples. */
class ExamplesFirst extends CommandHelp {
  protected override sections() {
    const all = super.sections()
    const examples = all.filter((section) => section.header === 'EXAMPLES')
    return [...examples, ...all.filter((section) => section.header !== 'EXAMPLES')]
  }
}

export class ToolHelp extends Help {
  protected override CommandHelpClass = ExamplesFirst

  override formatCommand(command: Command.Loadable): string {
    return super.formatCommand(command)
  }
}
