import type { Logger, RecordWriter } from '@segchain/cli-kit'
import type { SessionRecord } from '@segchain/records'
import { deferred } from '../deferred.js'
import { endpointText } from '../session/endpoint.js'
import { OutputQueue } from '../session/output-queue.js'
import { Speaker, type SpeakerOptions } from '../session/speaker.js'

export interface SpeakerIo {
  readonly signal: AbortSignal
  readonly log: Logger
  open(fields: { readonly source?: string }): Promise<RecordWriter<'segchain.topology/1'>>
}

export interface SpeakerRun {
  readonly once: boolean
  readonly source: string
  /** What goes on while the sessions are up. An error in it ends the speaker. */
  whileRunning?(speaker: Speaker): Promise<void>
}

/** Runs a speaker until told to end; `once`: until the first peer that got everything has gone. */
export async function runSpeaker(io: SpeakerIo, options: SpeakerOptions, run: SpeakerRun): Promise<void> {
  const out = await io.open({ source: run.source })
  const done = deferred<'served' | 'signal' | { readonly error: unknown }>()
  const queue = new OutputQueue<SessionRecord>(
    (record) => out.write(record),
    () => {},
    (error) => done.resolve({ error }),
  )
  const served = new Set<string>()
  const failures = new Map<string, string>()
  const session = (peer: string, state: 'up' | 'down', reason?: string) =>
    queue.push({ kind: 'session', id: `session:${peer}`, peer, state, ...(reason === undefined ? {} : { reason }) })
  const speaker = new Speaker(options, {
    up: (peer, { open, holdTime }) => {
      failures.clear()
      io.log.info('session up', { peer, as: open.asn, router: open.bgpId, holdTime })
      session(peer, 'up')
    },
    sent: (peer, updates) => {
      io.log.info('everything sent', { peer, updates })
      served.add(peer)
    },
    down: (peer, reason, wasUp) => {
      if (!wasUp) {
        // An attempt that fails again for the same reason was said already, and is no change of a session.
        if (failures.get(peer) !== reason) {
          io.log.warn(`${reason}; tried again every ${options.session.connectRetry} s`, { peer })
        }
        failures.set(peer, reason)
        return
      }
      io.log.info('session down', { peer, reason })
      session(peer, 'down', reason)
      if (run.once && served.size > 0) done.resolve('served')
    },
  })
  const listening = await speaker.start()
  if (listening !== undefined) io.log.info(`listening on ${endpointText(listening)}`)
  const onSignal = () => done.resolve('signal')
  io.signal.addEventListener('abort', onSignal, { once: true })
  if (io.signal.aborted) onSignal()
  try {
    run.whileRunning?.(speaker).catch((error: unknown) => done.resolve({ error }))
    const outcome = await done.promise
    if (typeof outcome === 'object') throw outcome.error
    if (outcome === 'signal') return
    await queue.drained()
    await out.end({ outcome: 'ok' })
  } finally {
    io.signal.removeEventListener('abort', onSignal)
    speaker.stop()
  }
}
