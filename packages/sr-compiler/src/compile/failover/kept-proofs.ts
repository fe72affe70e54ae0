import type { LabelNetwork, PrefixSidEntry } from '@segchain/path-engine'
import type { FailoverCase, FailoverRecord } from '@segchain/records'
import { endsOf, type GraphChange } from '../again/graph-change.js'
import { Nearness } from '../again/nearness.js'
import type { Stack } from '../stack.js'
import { CaseNotes } from './case-notes.js'

/** A judgement that holds, and what it stands on. */
export interface Judged {
  readonly result: FailoverCase
  readonly notes: CaseNotes
  /** Of the links that failed: their ends. */
  readonly ends: readonly string[]
}

/** By the key of the failure. */
export type Judgements = ReadonlyMap<string, Judged>

interface Entry {
  readonly record: FailoverRecord
  readonly cases: Judgements
  /** Of all cases together, for a look at the whole before one at each. */
  readonly all: Pick<Judged, 'notes' | 'ends'>
}

/**
 * Proofs of the compilation before that hold still. A failure takes links away and makes nobody nearer, so a changed
 * link that is farther off than a way after the failure was, by the distances of the whole network, has no part in it.
 */
export class KeptProofs {
  /** A chain that was not chosen anew has the same stack, the object. */
  readonly #whole = new Map<Stack, Entry>()
  readonly #parts = new Map<Stack, Judgements>()

  /** All of it. */
  take(stack: Stack): FailoverRecord | undefined {
    return this.#whole.get(stack)?.record
  }

  /** The cases that hold of one that has to be proved anew. */
  casesOf(stack: Stack): Judgements | undefined {
    return this.#parts.get(stack)
  }

  put(stack: Stack, record: FailoverRecord, cases: Judgements): void {
    for (const { notes } of cases.values()) if (!notes.isRepeatable) return
    this.#whole.set(stack, { record, cases, all: together(cases) })
  }

  after(before: LabelNetwork, now: LabelNetwork, change: GraphChange): KeptProofs {
    const kept = new KeptProofs()
    const changed = new Set([
      ...[...change.older].flatMap((link) => before.graph.links[link] ?? []).map(endsOf),
      ...[...change.newer].flatMap((link) => now.graph.links[link] ?? []).map(endsOf),
    ])
    const near = new Map<number, Nearness | undefined>()
    const algorithms = new Set(now.sids.map((sid) => sid.algorithm))
    const isSameShape = [...algorithms].every((algorithm) => hasSameLinks(before, now, algorithm, change))
    const isTouched = ({ notes, ends }: Pick<Judged, 'notes' | 'ends'>): boolean =>
      // What a link is called may have to do with those beside it.
      ends.some((end) => changed.has(end)) ||
      (notes.isLost && !isSameShape) ||
      notes.reads.some((read) => {
        const { algorithm } = read.sid
        if (!near.has(algorithm)) near.set(algorithm, nearnessOf(before, now, algorithm, change))
        return near.get(algorithm)?.mayTouch(read) ?? true
      })
    for (const [stack, entry] of this.#whole) {
      if (!isTouched(entry.all)) kept.#whole.set(stack, entry)
      else kept.#parts.set(stack, new Map([...entry.cases].filter(([, one]) => !isTouched(one))))
    }
    return kept
  }
}

/** By segment and node the farthest way of any case. */
function together(cases: Judgements): Pick<Judged, 'notes' | 'ends'> {
  const notes = new CaseNotes()
  const farthest = new Map<PrefixSidEntry, Map<number, number>>()
  const ends = new Set<string>()
  for (const one of cases.values()) {
    notes.isLost ||= one.notes.isLost
    for (const end of one.ends) ends.add(end)
    for (const { sid, node, distance } of one.notes.reads) {
      const nodes = farthest.get(sid) ?? new Map<number, number>()
      nodes.set(node, Math.max(distance, nodes.get(node) ?? 0))
      farthest.set(sid, nodes)
    }
  }
  for (const [sid, nodes] of farthest) for (const [node, distance] of nodes) notes.read(sid, node, distance)
  return { notes, ends: [...ends] }
}

function nearnessOf(
  before: LabelNetwork,
  now: LabelNetwork,
  algorithm: number,
  change: GraphChange,
): Nearness | undefined {
  const [old, next] = [before.topology(algorithm), now.topology(algorithm)]
  return old === undefined || next === undefined ? undefined : Nearness.between(old, next, change)
}

/** Who can be reached from where is as it was. */
function hasSameLinks(before: LabelNetwork, now: LabelNetwork, algorithm: number, { numbers }: GraphChange): boolean {
  const [old, next] = [before.topology(algorithm), now.topology(algorithm)]
  if (old === undefined || next === undefined || old.weights.length !== next.weights.length) return false
  if (old.member.some((member, node) => member !== next.member[node])) return false
  return numbers.every(
    (link, number) => link >= 0 && Number.isFinite(old.weights[number]) === Number.isFinite(next.weights[link]),
  )
}
