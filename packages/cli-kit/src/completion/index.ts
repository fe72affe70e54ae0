import type { Config } from '@oclif/core/config'
import { SegchainError } from '@segchain/records/error'
import { bashCompletion } from './bash.js'
import { fishCompletion } from './fish.js'
import { toolWords } from './tool-words.js'
import { zshCompletion } from './zsh.js'

const shells = { bash: bashCompletion, fish: fishCompletion, zsh: zshCompletion }

/**
 * What `TOOL completion SHELL` prints: a script for the shell to read.
 *
 * @throws {SegchainError} category `usage`, code `UNKNOWN_SHELL`
 */
export function completionScript(config: Config, [shell, ...others]: readonly string[]): string {
  if (shell !== undefined && others.length === 0 && shell in shells)
    return shells[shell as keyof typeof shells](toolWords(config))
  throw new SegchainError({
    category: 'usage',
    code: 'UNKNOWN_SHELL',
    message: `completion of which shell? ${shell === undefined ? 'None was named' : JSON.stringify([shell, ...others].join(' '))}`,
    hint: `${config.bin} completion ${Object.keys(shells).join('|')}; in bash: source <(${config.bin} completion bash)`,
  })
}
