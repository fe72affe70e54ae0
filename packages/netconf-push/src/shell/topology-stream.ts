import { setTimeout as sleep } from 'node:timers/promises'
import type { StreamRecord } from '@segchain/records'
import { TopologyView } from '../transaction/topology-view.js'

export type TopologyRecords = AsyncGenerator<StreamRecord<'segchain.topology/1'>>
type TopologyRecord = StreamRecord<'segchain.topology/1'>

/** A topology that is being read, and what it has said so far. */
export class TopologyStream {
  readonly view = new TopologyView()
  /** The initial dump is over. */
  synced = false
  readonly #records: TopologyRecords
  /** Asked for, and not taken yet: a reader that has given up waiting leaves it to the next one. */
  #asked: ReturnType<TopologyRecords['next']> | undefined

  constructor(records: TopologyRecords) {
    this.#records = records
  }

  /** The next record, already in the view. @returns nothing at the end of the stream, or when the time is over. */
  async next(until: number, signal: AbortSignal): Promise<TopologyRecord | undefined> {
    // Also where records come faster than they are read.
    if (signal.aborted || performance.now() >= until) return undefined
    this.#asked ??= this.#records.next()
    const next = await beforeTime(this.#asked, until, signal)
    if (next === undefined || next.done === true) return undefined
    this.#asked = undefined
    this.view.add(next.value)
    this.synced ||= next.value.kind === 'sync'
    return next.value
  }

  /** Not waited for: a pipe that is silent would keep us. */
  leave(): void {
    void this.#records.return(undefined).catch(() => undefined)
  }
}

async function beforeTime<T>(work: Promise<T>, until: number, signal: AbortSignal): Promise<T | undefined> {
  const timer = new AbortController()
  const late = sleep(Math.max(0, until - performance.now()), undefined, {
    signal: AbortSignal.any([timer.signal, signal]),
  }).catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}
