/** Of a flag, what has to be known to say it on a command line: the same in a class and in a manifest. */
export interface FlagShape {
  readonly type: 'boolean' | 'option'
  readonly char?: string | undefined
  readonly multiple?: boolean | undefined
  /** There is a `--no-` of it. */
  readonly allowNo?: boolean | undefined
  /** Flags that it cannot be used with. */
  readonly exclusive?: readonly string[] | undefined
  /** Flags that it means nothing without. */
  readonly dependsOn?: readonly string[] | undefined
  readonly default?: unknown
}

export type FlagShapes = Readonly<Record<string, FlagShape>>

/** Flags as a class or a manifest has them; of one name the later ones. */
export function shapesOf(...flags: readonly Readonly<Record<string, unknown>>[]): FlagShapes {
  return Object.assign({}, ...flags) as FlagShapes
}
