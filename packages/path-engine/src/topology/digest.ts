import { createHash } from 'node:crypto'
import { canonicalJson } from '@segchain/records'
import type { Snapshot } from './snapshot.js'

type State = Snapshot[keyof Snapshot][number]

/** So many records are written together. */
const RUN = 128

interface Run {
  readonly records: readonly State[]
  readonly bytes: Uint8Array
}

/**
 * By its first record. Records are never changed: a stream that goes on replaces them. So what a run of them was
 * written as stays true.
 */
const runs = new WeakMap<State, Run>()

/** `sha256:…` of what the network is, not of who reported it. A plan names the one that it was computed from. */
export function topologyDigest(topology: Snapshot): string {
  const hash = createHash('sha256').update('[')
  let separator = ''
  for (const records of [topology.nodes, topology.links, topology.prefixes, topology.srv6Sids]) {
    for (let from = 0; from < records.length; from += RUN) {
      hash.update(separator).update(bytesOf(records, from, Math.min(records.length, from + RUN)))
      separator = ','
    }
  }
  return `sha256:${hash.update(']').digest('hex')}`
}

function bytesOf(records: readonly State[], from: number, to: number): Uint8Array {
  const first = records[from] as State
  const known = runs.get(first)
  if (known !== undefined && isRun(known.records, records, from, to)) return known.bytes
  const run = records.slice(from, to)
  const bytes = new TextEncoder().encode(run.map(textOf).join(','))
  runs.set(first, { records: run, bytes })
  return bytes
}

function isRun(run: readonly State[], records: readonly State[], from: number, to: number): boolean {
  if (run.length !== to - from) return false
  for (let at = from; at < to; at += 1) if (run[at - from] !== records[at]) return false
  return true
}

/** Of single records, for a run in which one is another. */
const texts = new WeakMap<State, string>()

function textOf(record: State): string {
  const known = texts.get(record)
  if (known !== undefined) return known
  const text = canonicalJson({ ...record, sources: undefined, stale: undefined })
  texts.set(record, text)
  return text
}
