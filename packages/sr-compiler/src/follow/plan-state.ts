import type { StreamRecord } from '@segchain/records'

export type PlanRecord = StreamRecord<'segchain.plan/1'>
/** What a plan consists of; the rest of a stream is about it. */
export type StateRecord = Exclude<PlanRecord, { kind: 'header' | 'sync' | 'summary' | 'withdraw' }>

interface Said {
  readonly record: StateRecord
  readonly text: string
}

/** What a stream has said. The next state is said by what is different: a minimal plan diff. */
export class PlanState {
  #said: ReadonlyMap<string, Said> = new Map()

  /** New and changed records in their order (make before break), then withdraws, in reverse. */
  become(records: readonly StateRecord[]): PlanRecord[] {
    const changes: PlanRecord[] = []
    const next = new Map<string, Said>()
    for (const record of records) {
      const known = this.#said.get(record.id)
      // What an incremental compilation kept is the same object.
      const text = known?.record === record ? known.text : JSON.stringify(record)
      next.set(record.id, { record, text })
      if (known?.text !== text) changes.push(record)
    }
    const gone = [...this.#said.values()].filter(({ record }) => !next.has(record.id)).reverse()
    for (const { record } of gone) changes.push({ kind: 'withdraw', id: record.id, of: record.kind })
    this.#said = next
    return changes
  }
}
