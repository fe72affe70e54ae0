import type { Logger, RecordWriter } from '@segchain/cli-kit'
import { SegchainError, type SessionRecord, type Sync } from '@segchain/records'
import { deferred } from '../deferred.js'
import { Metrics } from '../metrics/metrics.js'
import { serveMetrics } from '../metrics/server.js'
import { FileRecorder } from '../record/file-recorder.js'
import { ProblemReport } from '../report-problem.js'
import type { TopologyEvent } from '../rib/rib.js'
import { BmpStation } from '../session/bmp-station.js'
import { Collector } from '../session/collector.js'
import type { CollectorListener, CollectorOptions } from '../session/collector-options.js'
import type { Endpoint } from '../session/endpoint.js'
import { endpointText } from '../session/endpoint.js'
import { OutputQueue } from '../session/output-queue.js'
import { loadState } from '../state/state-file.js'
import { StateKeeper } from '../state/state-keeper.js'
import { guardByTtl, type TtlGuard } from '../transport/ttl-security.js'

type Out = RecordWriter<'segchain.topology/1'>

/** What of a command's world the collector needs. */
export interface CollectorIo {
  readonly signal: AbortSignal
  readonly log: Logger
  open(fields: { readonly source?: string }): Promise<Out>
}

export interface RunOptions {
  /** End with the complete topology, instead of following. */
  readonly once: boolean
  readonly timeoutSeconds: number
  /** Also listen for BMP. */
  readonly bmp?: Endpoint
  /** Survives a restart: the topology is read from here, and saved here. */
  readonly stateFile?: string
  /** A folder for a recording. */
  readonly record?: string
  /** Serve metrics here. */
  readonly metrics?: Endpoint
  /** How many peers have to be complete before `once` ends. */
  readonly expected: number
}

/** Runs a collector until it is complete (once) or told to end (follow). */
export async function runCollector(io: CollectorIo, options: CollectorOptions, run: RunOptions): Promise<void> {
  const problems = new ProblemReport(io.log)
  const done = deferred<'complete' | 'timeout' | 'signal' | { readonly error: unknown }>()
  // Sessions may say something before the header, which names where we listen, is written.
  const opened = deferred<Out>()
  const queue = new OutputQueue<TopologyEvent | SessionRecord | Sync>(
    async (record) => (await opened.promise).write(record),
    (on) => {
      if (on) collector.pause()
      else collector.resume()
      if (on) station?.pause()
      else station?.resume()
    },
    (error) => done.resolve({ error }),
  )
  const metrics = new Metrics()
  const syncs: Sync[] = []
  let over = false
  const listener: CollectorListener = {
    event(event) {
      // What our own ending does to the sessions is no news.
      if (over) return
      metrics.event(event)
      // Once: the state at its end is what counts, not the way there.
      if (!run.once || event.kind === 'session') queue.push(event)
      else if (event.kind === 'sync') syncs.push(event)
      if (run.once && syncs.length > 0 && synced() >= run.expected) done.resolve('complete')
    },
    problem(treatment, error, from) {
      metrics.problem(treatment)
      problems.add(treatment, error, from)
    },
    statistics: (source, counters) => metrics.statistics(source, counters),
    log: (level, message, peer) => {
      if (!over) io.log[level](message, { peer })
    },
  }
  const recorder =
    run.record === undefined ? undefined : new FileRecorder(run.record, (error) => io.log.warn(error.message))
  const collector = new Collector(options, listener, recorder)
  const station =
    run.bmp === undefined
      ? undefined
      : new BmpStation({ ...options, listen: run.bmp }, collector.rib, listener, recorder)
  const synced = () => collector.progress.synced + (station?.synced ?? 0)
  const saved = run.stateFile === undefined ? [] : await loadState(run.stateFile)
  // Before the first session: what a speaker says now is newer.
  collector.remember(saved)
  const listening = await collector.start()
  const monitoring = await station?.start()
  const guard = guardOf(options, listening)
  const ends = [...options.peers, listening, monitoring].filter((end) => end !== undefined)
  const source = ends.map(endpointText).join(' ')
  const out = await io.open({ source })
  opened.resolve(out)
  const page = () => metrics.page({ ...state(collector), peersSynced: synced(), waiting: queue.waiting })
  const server = run.metrics === undefined ? undefined : await serveMetrics(run.metrics, page)
  const keeper = run.stateFile === undefined ? undefined : new StateKeeper(run.stateFile, collector.rib, io.log)
  if (listening !== undefined) io.log.info(`listening on ${endpointText(listening)}`)
  if (monitoring !== undefined) io.log.info(`listening for BMP on ${endpointText(monitoring)}`)
  const timer = run.once ? setTimeout(() => done.resolve('timeout'), run.timeoutSeconds * 1000) : undefined
  const onSignal = () => done.resolve('signal')
  io.signal.addEventListener('abort', onSignal, { once: true })
  if (io.signal.aborted) onSignal()
  try {
    const outcome = await done.promise
    over = true
    if (typeof outcome === 'object') throw outcome.error
    if (outcome === 'timeout') throw incomplete(collector, synced(), run)
    if (outcome === 'signal') return
    await queue.drained()
    for (const record of collector.rib.snapshot()) await out.write(record)
    for (const sync of syncs) await out.write(sync)
    await out.end({ outcome: 'ok', counts: problems.counts })
  } finally {
    clearTimeout(timer)
    io.signal.removeEventListener('abort', onSignal)
    // Before the sessions end: what they said is what has to be kept.
    await keeper?.save()
    collector.stop()
    station?.stop()
    server?.close()
    guard?.remove()
    await recorder?.close()
  }
}

/** Before the first OPEN is answered; a connection that is there already is dropped by its next packet. */
function guardOf({ hops, peers }: CollectorOptions, listening: Endpoint | undefined): TtlGuard | undefined {
  if (hops === undefined) return undefined
  return guardByTtl(peers, listening === undefined ? [] : [listening.port], hops)
}

function state(collector: Collector): { sessionsUp: number; objects: Record<string, number> } {
  return { sessionsUp: collector.progress.up, objects: collector.rib.counts() }
}

function incomplete(collector: Collector, synced: number, run: RunOptions): SegchainError {
  const { up } = collector.progress
  const failures = collector.failures.map(({ peer, reason }) => `; ${peer}: ${reason}`).join('')
  return new SegchainError({
    category: 'connect',
    code: up + synced === 0 ? 'NO_SESSION' : 'NO_SYNC',
    message:
      up === 0
        ? `no BGP session came up within ${run.timeoutSeconds} s${failures}`
        : `${synced} of ${run.expected} peers were complete within ${run.timeoutSeconds} s (${up} sessions are up)${failures}`,
    hint:
      failures === '' && up === 0
        ? 'nobody connected: is the router configured with this address and port? --timeout waits longer'
        : '--log-level debug shows every step of a session; --timeout waits longer',
  })
}
