import { setTimeout as sleep } from 'node:timers/promises'
import { SegchainError, type StreamRecord } from '@segchain/records'
import type { Probe } from '../transaction/options.js'
import type { ExpectedSid } from '../transaction/topology-view.js'
import { type TopologyRecords, TopologyStream } from './topology-stream.js'

export interface TopologyProbeOptions {
  readonly expected: readonly ExpectedSid[]
  readonly timeoutS: number
  /** Opens the stream: from its beginning each time, where it is a file. */
  readonly open: () => TopologyRecords
  /** A file is read again until it is well; a pipe goes on by itself. */
  readonly again: boolean
}

/** For how long a pipe that has said that all is well is read on, when it is asked once more. */
const SETTLE_MS = 1000

/**
 * Waits until a topology shows every prefix-SID of the plan, and no session is down. Asked again (a removal follows
 * what was added), a pipe goes on from where it was.
 */
export function topologyProbe({ expected, timeoutS, open, again }: TopologyProbeOptions): Probe {
  const prefixes = new Set(expected.map(({ prefix }) => prefix))
  let followed: TopologyStream | undefined
  return async (signal) => {
    const until = performance.now() + timeoutS * 1000
    const reading = { expected, prefixes, until, signal }
    if (!again) {
      const before = followed
      followed ??= new TopologyStream(open())
      const troubles = await (before === undefined ? read(followed, reading) : stillWell(before, reading))
      if (troubles.length > 0) throw notWell(troubles)
      return
    }
    for (;;) {
      const stream = new TopologyStream(open())
      const troubles = await read(stream, reading)
      stream.leave()
      if (troubles.length === 0) return
      if (signal.aborted || performance.now() + 1000 > until) throw notWell(troubles)
      await sleep(1000)
    }
  }
}

interface Reading {
  readonly expected: readonly ExpectedSid[]
  readonly prefixes: ReadonlySet<string>
  readonly until: number
  readonly signal: AbortSignal
}

/** @returns what is not well at the end of the stream or of the time; nothing as soon as all is. */
async function read(stream: TopologyStream, { expected, prefixes, until, signal }: Reading): Promise<string[]> {
  for (;;) {
    const record = await stream.next(until, signal)
    if (record === undefined) return stream.view.troubles(expected)
    if (!stream.synced || !matters(record, prefixes)) continue
    if (stream.view.troubles(expected).length === 0) return []
  }
}

/** Only what can have changed the answer: a table of the Internet's size may pass by here. */
function matters(record: StreamRecord<'segchain.topology/1'>, prefixes: ReadonlySet<string>): boolean {
  if (record.kind === 'prefix') return prefixes.has(record.prefix)
  return record.kind === 'sync' || record.kind === 'session' || record.kind === 'withdraw'
}

/** Reads on for a while what has come since it was well; and when it is not well any more, until it is again. */
async function stillWell(stream: TopologyStream, reading: Reading): Promise<string[]> {
  const settled = Math.min(reading.until, performance.now() + SETTLE_MS)
  while ((await stream.next(settled, reading.signal)) !== undefined);
  const troubles = stream.view.troubles(reading.expected)
  return troubles.length === 0 ? [] : read(stream, reading)
}

function notWell(troubles: readonly string[]): SegchainError {
  const [first = '', ...rest] = troubles
  return new SegchainError({
    category: 'rejected',
    code: 'PROBE_FAILED',
    message: `the topology is not well: ${first}${rest.length === 0 ? '' : ` (and ${rest.length} more)`}`,
    hint: 'everything is rolled back; the collector must run, and see every IGP area that the plan changes',
  })
}
