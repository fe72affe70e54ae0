import type { Logger } from '@segchain/cli-kit'
import type { StreamRecord } from '@segchain/records'
import type { SegchainError } from '@segchain/records/error'

/** What `--on-error` makes of a place of the input that cannot be read: the end, a count, or a record. */
export class DamageReport {
  readonly fails: boolean
  readonly #tags: boolean
  readonly #file: string
  readonly #log: Logger
  #count = 0
  #first: SegchainError | undefined
  #records: StreamRecord<'segchain.topology/1'>[] = []

  constructor(onError: 'fail' | 'skip' | 'tag', file: string, log: Logger) {
    this.fails = onError === 'fail'
    this.#tags = onError === 'tag'
    this.#file = file
    this.#log = log
  }

  /** What a decoder needs to go on behind damage; nothing where it has to end. */
  get options(): { readonly onDamage?: (error: SegchainError) => void } {
    return this.fails ? {} : { onDamage: (error) => this.#damage(error) }
  }

  /** A stream in which the next message had to be looked for: what lay between is lost. */
  framing(error: SegchainError): void {
    if (!this.fails) this.#damage(error)
    else this.#first ??= error
  }

  /** With `fail`: the first place where framing was lost. */
  get lostFraming(): SegchainError | undefined {
    return this.#first
  }

  /** `{ skipped: 1 }`; nothing when nothing was. */
  get counts(): Readonly<Record<string, number>> {
    return this.#count === 0 ? {} : { skipped: this.#count }
  }

  /** The error records that are due. */
  taken(): readonly StreamRecord<'segchain.topology/1'>[] {
    const records = this.#records
    this.#records = []
    return records
  }

  #damage(error: SegchainError): void {
    this.#count++
    const located = error.at({ file: this.#file })
    this.#log.warn(located)
    const { line, offset } = located.where
    const id = `error:${this.#file}:${line ?? offset ?? this.#count}`
    if (this.#tags) this.#records.push({ kind: 'error', id, error: located.toJSON() })
  }
}
