/** What a look found. */
export interface Finding {
  readonly outcome: 'ok' | 'missing' | 'untested'
  readonly detail?: string
  /** What to do; of `missing` and `untested`. */
  readonly hint?: string
}

/** One thing that a tool needs of the machine. */
export interface Check {
  readonly id: string
  /** What is looked for, for people: `the BPF file system`. */
  readonly what: string
  /** Changes nothing. What it throws makes it `untested`. */
  look(): Promise<Finding> | Finding
}
