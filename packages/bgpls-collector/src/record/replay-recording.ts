import { decodeUpdate } from '../codec/bgp/update.js'
import { DecodeError } from '../codec/decode-error.js'
import { Rib, type TopologyEvent } from '../rib/rib.js'
import type { RecordedStep } from './recording.js'

/** Goes through the steps of a recording again, one by one: the same input, the same output. Pure. */
export class RecordingReplay {
  readonly #rib = new Rib()

  /** What the step changes. */
  step(step: RecordedStep): TopologyEvent[] {
    return happen(this.#rib, step)
  }
}

function happen(rib: Rib, step: RecordedStep): TopologyEvent[] {
  switch (step.do) {
    case 'update':
      return update(rib, step)
    case 'load':
      rib.load(step.records)
      return []
    case 'drop':
      return rib.drop(step.source)
    case 'mark-stale':
      return rib.markStale(step.source)
    case 'sweep-stale':
      return rib.sweepStale(step.source)
    case 'begin-refresh':
      rib.beginRefresh(step.source, step.safi)
      return []
    case 'end-refresh':
      return rib.endRefresh(step.source, step.safi)
  }
}

function update(rib: Rib, step: Extract<RecordedStep, { do: 'update' }>): TopologyEvent[] {
  const bytes = Buffer.from(step.hex, 'hex')
  try {
    return rib.apply(
      step.source,
      decodeUpdate({ type: 2, bytes }, { asn4: step.asn4, strictOrder: step.strict === true }),
    )
  } catch (error) {
    // What ended the session when it was recorded: the drop of its topology is the next step.
    if (error instanceof DecodeError) return []
    throw error
  }
}
