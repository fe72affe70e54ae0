import type { Graph } from '@segchain/path-engine'
import { endsOf } from '../again/graph-change.js'
import { LinkIds } from '../again/link-ids.js'
import type { NetworkChange } from '../again/network-change.js'
import type { Read } from '../again/reads.js'
import type { Stack } from '../stack.js'
import { type Extent, extentOf, type Judged, type Judgements, type Proof, type StaleProof } from './proof.js'
import { StageCache } from './stage-cache.js'
import type { Stage } from './stages.js'

interface Entry {
  readonly proof: Proof
  readonly extent: Extent
}

/**
 * Proofs of the compilation before that hold still. A failure takes links away and makes nobody nearer, so a changed
 * link that is farther off than a way after the failure was, by the distances of the whole network, has no part in it.
 */
export class KeptProofs {
  /** A chain that was not chosen anew has the same stack, the object. */
  readonly #whole = new Map<Stack, Entry>()
  readonly #stale = new Map<Stack, StaleProof & Entry>()
  readonly #parts = new Map<Stack, Judgements>()
  /** Ways as they are without a failure. */
  readonly stages = new StageCache<Stage>()
  #ids: LinkIds

  private constructor(ids: LinkIds) {
    this.#ids = ids
  }

  static none(graph: Graph): KeptProofs {
    return new KeptProofs(LinkIds.of(graph))
  }

  /** Of the network that they are about. */
  get ids(): LinkIds {
    return this.#ids
  }

  /** Chains that a judgement is kept of are such that their segments may be followed. */
  isFollowed(stack: Stack): boolean {
    return this.#stale.has(stack) || this.#parts.has(stack)
  }

  /** All of it. */
  take(stack: Stack): Proof | undefined {
    return this.#whole.get(stack)?.proof
  }

  /** All but some judgements. */
  staleOf(stack: Stack): StaleProof | undefined {
    return this.#stale.get(stack)
  }

  /** What holds where the failures themselves may be others. */
  casesOf(stack: Stack): Judgements | undefined {
    return this.#parts.get(stack)
  }

  /** `renewed`: see {@link Ground.keep}. */
  put(stack: Stack, proof: Proof, renewed?: readonly Judged[]): void {
    for (const { notes } of renewed ?? proof.judged) if (!notes.isRepeatable) return
    // A little more than it is of when judgements went, which makes only the first look coarser.
    const before = renewed === undefined ? undefined : this.#stale.get(stack)?.extent
    const isGrown = before !== undefined && before.reads.length > 4 * proof.judged.length
    const extent = before === undefined || isGrown ? extentOf(proof.judged) : extentOf(renewed ?? [], before)
    this.#whole.set(stack, { proof, extent })
  }

  /** Only what holds of the network of now, whose numbers of links are `ids`. */
  keep(change: NetworkChange, ids: LinkIds): void {
    this.#stale.clear()
    this.#parts.clear()
    this.#keepStages(change)
    this.#ids = ids
    const ends = changedEnds(change)
    const { older, isSameShape } = change
    // Where there was no way, a network of the same shape has none.
    const isNone = (read: Read): boolean => isSameShape && read.distance === Number.POSITIVE_INFINITY
    const reaches = (read: Read): boolean => !isNone(read) && change.mayTouch(read)
    const comesNear = (read: Read): boolean => change.comesNear(read)
    const isAbout = ({ isKnown, links, reads }: Extent): boolean =>
      isKnown ? older.some((link) => links.has(link)) || reads.some(comesNear) : reads.some(reaches)
    for (const [stack, entry] of this.#whole) {
      const { extent, proof } = entry
      const isRenamed = ends.some((end) => extent.ends.has(end))
      const holds = ({ of, notes }: Judged): boolean =>
        !(notes.isLost && !isSameShape) &&
        !(isRenamed && ends.some((end) => of.ends.includes(end))) &&
        !notes.reads.some(reaches)
      const stale: number[] = []
      if (isRenamed || (extent.isLost && !isSameShape) || isAbout(extent))
        proof.judged.forEach((one, at) => {
          if (!holds(one)) stale.push(at)
        })
      if (isRenamed) this.#parts.set(stack, new Map(proof.judged.filter(holds).map((one) => [one.of.key, one])))
      else if (stale.length > 0) this.#stale.set(stack, { ...entry, stale })
      else continue
      this.#whole.delete(stack)
    }
  }

  /** Stages have the numbers of links. */
  #keepStages(change: NetworkChange): void {
    const isSameGraph = change.before.graph.offsets === change.now.graph.offsets
    if (!isSameGraph || this.stages.size > MOST_STAGES) this.stages.clear()
    else this.stages.keep((stage) => !change.mayTouch(stage))
  }
}

/** What is not used any more is not known: now and then all is forgotten. */
const MOST_STAGES = 100_000

/** What a link is called may have to do with those beside it; never with what it costs. */
function changedEnds({ before, now, graph }: NetworkChange): string[] {
  if (before.graph.offsets === now.graph.offsets) return []
  const older = [...graph.older].flatMap((link) => before.graph.links[link] ?? [])
  const newer = [...graph.newer].flatMap((link) => now.graph.links[link] ?? [])
  return [...new Set([...older, ...newer].map(endsOf))]
}
