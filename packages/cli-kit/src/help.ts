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

  /** Of a tool itself: the first example of each command that package.json names under `segchain.examples`. */
  override formatRoot(): string {
    const [summary = '', ...rest] = super.formatRoot().split('\n')
    const { segchain } = this.config.pjson as { readonly segchain?: { readonly examples?: readonly string[] } }
    const examples = (segchain?.examples ?? []).flatMap((id) => {
      const command = this.config.findCommand(id)
      const [first] = command?.examples ?? []
      if (command === undefined || typeof first !== 'string') return []
      return `$ ${this.render(first.replaceAll('<%= command.id %>', command.id.replaceAll(':', ' ')))}`
    })
    const completion = `$ source <(${this.config.bin} completion bash)   # words completed by the shell; zsh, fish`
    return [summary, '', this.section('EXAMPLES', [...examples, completion].join('\n\n')), ...rest].join('\n')
  }
}
