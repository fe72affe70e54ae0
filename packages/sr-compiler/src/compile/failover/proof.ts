import type { Outage, PrefixSidEntry } from '@segchain/path-engine'
import type { FailoverCase, FailoverRecord } from '@segchain/records'
import { LinkSet } from '../again/link-set.js'
import type { Read } from '../again/reads.js'
import type { CaseNotes } from './case-notes.js'

/** A single failure. */
export interface SingleFailure extends Pick<FailoverCase, 'failure' | 'down' | 'what'> {
  /** The same in every network that has it. */
  readonly key: string
  /** Links by their numbers in the graph that it was found in. */
  readonly outage: Outage
  /** Of the links that fail: what they are in every network ({@link LinkIds}). */
  readonly links: readonly number[]
  /** Of the links that fail: their ends. */
  readonly ends: readonly string[]
}

/** A judgement of one failure, and what it stands on. */
export interface Judged {
  readonly of: SingleFailure
  readonly result: FailoverCase
  readonly notes: CaseNotes
}

/** By the key of the failure. */
export type Judgements = ReadonlyMap<string, Judged>

/** What single failures do to one chain. */
export interface Proof {
  readonly record: FailoverRecord
  /** In the order of the record's cases. */
  readonly judged: readonly Judged[]
  /** Cases that somebody must be told of. */
  readonly troubles: readonly FailoverCase[]
}

/** `about`: its cases are put in. */
export function proofOf(about: FailoverRecord, judged: readonly Judged[]): Proof {
  const cases = judged.map(({ result }) => result)
  const troubles = cases.filter(({ outcome }) => outcome === 'broken' || outcome === 'late')
  return { record: { ...about, cases }, judged, troubles }
}

/** A proof of which some judgements, by their position, have to be made anew. */
export interface StaleProof {
  readonly proof: Proof
  readonly stale: readonly number[]
}

/** Of all cases of a proof together, for a look at the whole before one at each. */
export interface Extent {
  readonly ends: ReadonlySet<string>
  /** By segment and node the farthest way of any case. */
  readonly reads: readonly Read[]
  /** All that a way of any case uses. */
  readonly links: LinkSet
  /** False where a case does not know which those are. */
  readonly isKnown: boolean
  readonly isLost: boolean
}

/** `besides`: what else it is of. */
export function extentOf(judged: readonly Judged[], besides?: Extent): Extent {
  const farthest = new Map<PrefixSidEntry, Map<number, number>>()
  const add = ({ sid, node, distance }: Read): void => {
    const nodes = farthest.get(sid) ?? new Map<number, number>()
    if (nodes.size === 0) farthest.set(sid, nodes)
    if (distance >= (nodes.get(node) ?? 0)) nodes.set(node, distance)
  }
  const ends = new Set(besides?.ends)
  const links = new LinkSet()
  if (besides !== undefined) links.addAll(besides.links)
  let isKnown = besides?.isKnown ?? true
  let isLost = besides?.isLost ?? false
  for (const read of besides?.reads ?? []) add(read)
  for (const { of, notes } of judged) {
    isLost ||= notes.isLost
    for (const end of of.ends) ends.add(end)
    for (const read of notes.reads) {
      if (read.links === undefined) isKnown = false
      else for (const link of read.links) links.add(link)
      if (read.distance !== Number.POSITIVE_INFINITY) add(read)
      // Which only another shape of the network can change, as what is lost.
      else isLost = true
    }
  }
  const reads: Read[] = []
  for (const [sid, nodes] of farthest) for (const [node, distance] of nodes) reads.push({ sid, node, distance })
  return { ends, reads, links, isKnown, isLost }
}
