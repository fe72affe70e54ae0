/** One flag in the file. */
export interface FileEntry {
  readonly tool: string
  /** `show labels`; absent: of every command of the tool. */
  readonly command?: string
  readonly flag: string
  readonly values: readonly string[]
  readonly line: number
}
