import { bashCompletion } from './bash.js'
import type { ToolWords } from './tool-words.js'

/** zsh runs bash's completion functions: one source for both. */
export function zshCompletion(tool: ToolWords): string {
  return [
    `#compdef ${tool.bin}`,
    `# zsh completion of ${tool.bin}:  source <(${tool.bin} completion zsh)`,
    'autoload -U +X compinit && { whence compdef > /dev/null || compinit; }',
    'autoload -U +X bashcompinit && bashcompinit',
    bashCompletion(tool).replace(/^.*\n/, ''),
  ].join('\n')
}
