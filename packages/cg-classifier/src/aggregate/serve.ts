import type { Logger } from '@segchain/cli-kit'
import type { Sync, VerdictRecord, Withdraw } from '@segchain/records'
import { classificationFromWire } from '../classify/classification.js'
import { endpointText, parseEndpoint } from '../udp/endpoint.js'
import { listen } from '../udp/listen.js'
import type { Aggregator, SessionState } from './aggregator.js'
import { writeState } from './state-file.js'

export interface ServeAggregateOptions {
  readonly aggregator: Aggregator
  /** The sessions of an earlier run. */
  readonly kept: readonly (readonly [string, SessionState])[]
  readonly listenOn: string
  /** Where the sessions are kept, every 2 s and at the end. */
  readonly state?: string
  readonly write: (record: VerdictRecord | Withdraw | Sync) => Promise<void>
  readonly signal: AbortSignal
  readonly log: Logger
}

const TICKS_PER_SAVE = 10
/** Of many sessions, saving takes long: it must not take more than a twentieth of the time. */
const REST = 20

/** The aggregate VNF as a UDP service, until the signal. */
export async function serveAggregate(options: ServeAggregateOptions): Promise<void> {
  const { aggregator, signal, log, state } = options
  const counts = { windows: 0, malformed: 0, changes: 0 }
  const clock = () => performance.now() / 1000
  let writing = Promise.resolve()
  const emit = (changes: readonly (VerdictRecord | Withdraw)[]) => {
    counts.changes += changes.length
    for (const change of changes) writing = writing.then(() => options.write(change)).catch(() => {})
  }
  emit(aggregator.restore(options.kept, clock()))
  // What follows is change: on a terminal it is shown as it comes.
  writing = writing.then(() => options.write({ kind: 'sync', id: 'sync', reason: 'end-of-input' })).catch(() => {})
  let saving: Promise<void> | undefined
  let notBefore = 0
  let ticks = 0
  const save = () => {
    if (state === undefined) return Promise.resolve()
    const began = clock()
    return writeState(state, aggregator.state())
      .catch((error) => log.error(`cannot keep the state: ${error.message}`))
      .finally(() => {
        saving = undefined
        notBefore = clock() + REST * (clock() - began)
      })
  }
  const heard = await listen({
    endpoint: parseEndpoint(options.listenOn),
    signal,
    onListening: (endpoint) => log.info(`aggregate: listening on ${endpointText(endpoint)}`),
    onLine(line) {
      counts.windows++
      try {
        emit(aggregator.add(classificationFromWire(JSON.parse(line)), clock()))
      } catch {
        counts.malformed++
      }
    },
    onTick() {
      emit(aggregator.expire(clock()))
      if (++ticks % TICKS_PER_SAVE === 0 && clock() >= notBefore) saving ??= save()
    },
  })
  await saving
  await save()
  await writing
  log.info(`aggregate: ${JSON.stringify({ ...counts, ...heard, sessions: aggregator.size })}`)
}
