/** What a flag is set to where the command line does not say. */
export interface Setting {
  readonly flag: string
  /** One of each, of a flag that may be repeated; `true` or `false` of one without a value. */
  readonly values: readonly string[]
  readonly origin: 'environment' | 'file'
  /** The variable, or the file with its line. */
  readonly place: string
}
