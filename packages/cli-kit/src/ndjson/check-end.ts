import { type SchemaName, SegchainError } from '@segchain/records'

/** Streams that describe a state: half of one would be taken for everything, and the rest be deleted. */
const STATES: ReadonlySet<SchemaName> = new Set<SchemaName>(['segchain.topology/1', 'segchain.plan/1'])

/** Watches a stream for the record that says that what came is the whole. */
export class EndCheck {
  readonly #schema: SchemaName
  #whole = false

  constructor(schema: SchemaName) {
    this.#schema = schema
  }

  /**
   * A tool that followed a network and was told to stop is `interrupted` after a sync: that is its whole.
   *
   * @throws {SegchainError} `INPUT_FAILED` at a summary whose tool did not come to its end.
   */
  see(record: { readonly kind: string }, line: number): void {
    const synced = this.#whole
    if (record.kind === 'sync' || record.kind === 'summary') this.#whole = true
    const outcome = record.kind === 'summary' && 'outcome' in record ? record.outcome : undefined
    if (outcome !== 'failed' && (outcome !== 'interrupted' || synced)) return
    throw new SegchainError({
      category: 'data',
      code: 'INPUT_FAILED',
      message: `the stream ends with outcome ${outcome}: it is not the whole`,
      hint: 'see what the tool before this one said',
      where: { line },
    })
  }

  /** At the end of the input: what is wrong when a state was cut off. */
  get missing(): SegchainError | undefined {
    if (this.#whole || !STATES.has(this.#schema)) return undefined
    return new SegchainError({
      category: 'data',
      code: 'INPUT_CUT_OFF',
      message: `the ${this.#schema} stream was cut off: neither a sync nor a summary record came`,
      hint: 'was the tool before this one ended, or the file copied in part? --on-error=skip takes it as it is',
    })
  }
}
