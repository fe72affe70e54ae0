import type { Logger } from '@segchain/cli-kit'
import type { Sync, VerdictRecord, Withdraw } from '@segchain/records'
import { classificationFromWire } from '../classify/classification.js'
import { parseEndpoint } from '../udp/endpoint.js'
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
  let saving = Promise.resolve()
  let ticks = 0
  const save = () => {
    if (state === undefined) return
    const kept = aggregator.state()
    saving = saving
      .then(() => writeState(state, kept))
      .catch((error) => log.error(`cannot keep the state: ${error.message}`))
  }
  await listen({
    endpoint: parseEndpoint(options.listenOn),
    signal,
    onListening: ({ address, port }) => log.info(`aggregate: listening on ${address}:${port}`),
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
      if (++ticks % TICKS_PER_SAVE === 0) save()
    },
  })
  save()
  await saving
  await writing
  log.info(`aggregate: ${JSON.stringify({ ...counts, sessions: aggregator.size })}`)
}
