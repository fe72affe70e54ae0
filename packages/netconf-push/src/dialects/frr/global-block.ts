import type { Statement } from './statement.js'

const KEY = 'segment-routing global-block'
const LOCAL = ' local-block '
/** What FRR has when it shows nothing. */
const DEFAULT_GLOBAL = '16000 23999'
const DEFAULT_LOCAL = '15000 15999'

/**
 * SRGB and SRLB are one line, of which FRR leaves out what is the default. Without a wanted SRLB the
 * one that is there stays.
 */
export function globalBlock(
  context: readonly string[],
  element: string,
  srgb: string,
  srlb: string | undefined,
): Statement {
  const lineOf = (global: string, local: string): string => `${KEY} ${global}${LOCAL}${local}`
  return {
    context,
    key: KEY,
    element,
    line: lineOf(srgb, srlb ?? DEFAULT_LOCAL),
    adapt: (there) => {
      const [global = DEFAULT_GLOBAL, local = DEFAULT_LOCAL] = there?.slice(KEY.length + 1).split(LOCAL) ?? []
      const wantedLocal = srlb ?? local
      return {
        same: global === srgb && local === wantedLocal,
        line: lineOf(srgb, wantedLocal),
        undo: lineOf(global, local),
      }
    },
  }
}
