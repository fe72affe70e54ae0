import type { Logger } from '@segchain/cli-kit'
import type { CaptureOptions } from '@segchain/pcap'
import type { StreamRecord } from '@segchain/records'
import type { SegchainError } from '@segchain/records/error'

/** What `--on-error` makes of a place of a capture that cannot be read: the end, a count, or a record. */
export class Damage {
  readonly #onError: 'fail' | 'skip' | 'tag'
  readonly #log: Logger
  #count = 0
  #records: StreamRecord<'segchain.report/1'>[] = []

  constructor(onError: 'fail' | 'skip' | 'tag', log: Logger) {
    this.#onError = onError
    this.#log = log
  }

  /** What a reader needs to go on behind damage; nothing where it has to end. */
  reading(file: string): CaptureOptions {
    return this.#onError === 'fail' ? {} : { onDamage: (error) => this.#add(error.at({ file }), file) }
  }

  /** `{ skipped: 1 }`; nothing when nothing was. */
  get counts(): Readonly<Record<string, number>> {
    return this.#count === 0 ? {} : { skipped: this.#count }
  }

  /** The error records that are due. */
  taken(): readonly StreamRecord<'segchain.report/1'>[] {
    const records = this.#records
    this.#records = []
    return records
  }

  #add(error: SegchainError, file: string): void {
    this.#count++
    this.#log.warn(error)
    const id = `error:${file}:${error.where.offset ?? this.#count}`
    if (this.#onError === 'tag') this.#records.push({ kind: 'error', id, error: error.toJSON() })
  }
}
