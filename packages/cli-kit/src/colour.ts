/** Colour only on a terminal, and not where NO_COLOR (any value but empty) or a dumb terminal says no. */
export function wantsColour(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean {
  if (stream.isTTY !== true) return false
  return (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb'
}
