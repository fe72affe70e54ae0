import type { TopologyRecord } from '@segchain/records'
import { Rib, type TopologyEvent } from '../rib/rib.js'
import type { Recorder, RibStep } from './recording.js'

/** Records in one step: who replays it reads line by line. */
const MAX_LOADED = 500

/** A RIB that writes down every step besides UPDATEs, which are recorded as they come. */
export class RecordedRib extends Rib {
  readonly #recorder: Recorder

  constructor(recorder: Recorder) {
    super()
    this.#recorder = recorder
  }

  override load(records: Iterable<TopologyRecord>): ReadonlySet<string> {
    const sources = new Set<string>()
    let part: TopologyRecord[] = []
    const load = () => {
      if (part.length > 0) this.#recorder.step({ do: 'load', records: part })
      for (const source of super.load(part)) sources.add(source)
      part = []
    }
    for (const record of records) {
      part.push(record)
      if (part.length === MAX_LOADED) load()
    }
    load()
    return sources
  }

  override drop(source: string): TopologyEvent[] {
    return this.#noted('drop', source, super.drop(source))
  }

  override markStale(source: string): TopologyEvent[] {
    return this.#noted('mark-stale', source, super.markStale(source))
  }

  override sweepStale(source: string): TopologyEvent[] {
    return this.#noted('sweep-stale', source, super.sweepStale(source))
  }

  override beginRefresh(source: string, safi?: number): void {
    this.#noted('begin-refresh', source, [], safi)
    super.beginRefresh(source, safi)
  }

  override endRefresh(source: string, safi?: number): TopologyEvent[] {
    return this.#noted('end-refresh', source, super.endRefresh(source, safi), safi)
  }

  override apply(source: string, update: Parameters<Rib['apply']>[1]): TopologyEvent[] {
    const events = super.apply(source, update)
    for (const event of events) this.#recorder.result(event)
    return events
  }

  #noted(step: RibStep, source: string, events: TopologyEvent[], safi?: number): TopologyEvent[] {
    this.#recorder.step({ do: step, source, ...(safi === undefined ? {} : { safi }) })
    for (const event of events) this.#recorder.result(event)
    return events
  }
}
