import type { FlagShape } from './flag-shape.js'
import type { Setting } from './setting.js'

/** Variables that set a flag, the nearest first: of the tool, and of all tools for what every command understands. */
export function variablesOf(tool: string, flag: string, common: boolean): readonly string[] {
  return [upperSnake(`${tool} ${flag}`), ...(common ? [upperSnake(`segchain ${flag}`)] : [])]
}

/** An empty variable says nothing. Several values of one flag stand apart by blanks. */
export function fromEnvironment(
  environment: NodeJS.ProcessEnv,
  variables: readonly string[],
  { flag, shape }: { readonly flag: string; readonly shape: FlagShape },
): Setting | undefined {
  for (const place of variables) {
    const text = environment[place]?.trim() ?? ''
    if (text === '') continue
    const values = shape.multiple === true ? text.split(/\s+/) : [text]
    return { flag, values, origin: 'environment', place }
  }
  return undefined
}

function upperSnake(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')
}
