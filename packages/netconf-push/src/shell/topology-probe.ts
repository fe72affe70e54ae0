import { setTimeout as sleep } from 'node:timers/promises'
import { SegchainError, type StreamRecord } from '@segchain/records'
import type { Probe } from '../transaction/options.js'
import { type ExpectedSid, TopologyView } from '../transaction/topology-view.js'

type Records = AsyncGenerator<StreamRecord<'segchain.topology/1'>>

export interface TopologyProbeOptions {
  readonly expected: readonly ExpectedSid[]
  readonly timeoutS: number
  /** Opens the stream: from its beginning each time, where it is a file. */
  readonly open: () => Records
  /** A file is read again until it is well; a pipe goes on by itself. */
  readonly again: boolean
}

/** Waits until a topology shows every prefix-SID of the plan, and no session is down. */
export function topologyProbe(options: TopologyProbeOptions): Probe {
  return async (signal) => {
    const until = performance.now() + options.timeoutS * 1000
    let troubles = ['the topology has said nothing yet']
    for (;;) {
      troubles = await readOnce(options, until, signal)
      if (troubles.length === 0) return
      if (!options.again || signal.aborted || performance.now() + 1000 > until) throw notWell(troubles)
      await sleep(1000)
    }
  }
}

async function readOnce({ open, expected }: TopologyProbeOptions, until: number, signal: AbortSignal) {
  const view = new TopologyView()
  const prefixes = new Set(expected.map(({ prefix }) => prefix))
  const records = open()
  let synced = false
  for (;;) {
    const next = await nextBefore(records, until, signal)
    if (next === undefined || next.done === true) return view.troubles(expected)
    const record = next.value
    view.add(record)
    synced ||= record.kind === 'sync'
    // Only what can have changed the answer: a table of the Internet's size may pass by here.
    const matters = record.kind === 'sync' || record.kind === 'session' || record.kind === 'withdraw'
    if (!synced || !(matters || (record.kind === 'prefix' && prefixes.has(record.prefix)))) continue
    if (view.troubles(expected).length > 0) continue
    // Not waited for: a pipe that is silent would keep us.
    void records.return(undefined).catch(() => undefined)
    return []
  }
}

/** @returns nothing when the time is over. */
async function nextBefore(records: Records, until: number, signal: AbortSignal) {
  const timer = new AbortController()
  const late = sleep(Math.max(0, until - performance.now()), undefined, {
    signal: AbortSignal.any([timer.signal, signal]),
  }).catch(() => undefined)
  try {
    return await Promise.race([records.next(), late])
  } finally {
    timer.abort()
  }
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
