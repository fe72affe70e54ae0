import type { Graph, PrefixSidEntry } from '@segchain/path-engine'
import { endsOf } from '../again/graph-change.js'
import { LinkIds } from '../again/link-ids.js'
import type { NetworkChange } from '../again/network-change.js'
import type { Read } from '../again/reads.js'
import type { Stack } from '../stack.js'
import type { Judged, Judgements, Proof } from './proof.js'

interface Entry {
  readonly proof: Proof
  readonly extent: Extent
}

/** Of all cases of a proof together, for a look at the whole before one at each. */
interface Extent {
  readonly ends: ReadonlySet<string>
  /** By segment and node the farthest way of any case. */
  readonly reads: readonly Read[]
  readonly isLost: boolean
}

/**
 * Proofs of the compilation before that hold still. A failure takes links away and makes nobody nearer, so a changed
 * link that is farther off than a way after the failure was, by the distances of the whole network, has no part in it.
 */
export class KeptProofs {
  /** A chain that was not chosen anew has the same stack, the object. */
  readonly #whole = new Map<Stack, Entry>()
  readonly #parts = new Map<Stack, Judgements>()
  /** Of the network that they are about. */
  readonly ids: LinkIds

  private constructor(ids: LinkIds) {
    this.ids = ids
  }

  static none(graph: Graph): KeptProofs {
    return new KeptProofs(LinkIds.of(graph))
  }

  /** All of it. */
  take(stack: Stack): Proof | undefined {
    return this.#whole.get(stack)?.proof
  }

  /** The cases that hold of one that has to be proved anew. */
  casesOf(stack: Stack): Judgements | undefined {
    return this.#parts.get(stack)
  }

  put(stack: Stack, proof: Proof): void {
    for (const { notes } of proof.judged) if (!notes.isRepeatable) return
    this.#whole.set(stack, { proof, extent: extentOf(proof) })
  }

  /** `ids`: of the network of now. */
  after(change: NetworkChange, ids: LinkIds): KeptProofs {
    const kept = new KeptProofs(ids)
    const ends = changedEnds(change)
    const reaches = (read: Read): boolean =>
      // Where there was no way, a network of the same shape has none.
      (read.distance !== Number.POSITIVE_INFINITY || !change.isSameShape) && change.mayTouch(read)
    for (const [stack, entry] of this.#whole) {
      const { extent, proof } = entry
      const mayTouch =
        (extent.isLost && !change.isSameShape) || ends.some((end) => extent.ends.has(end)) || extent.reads.some(reaches)
      const holds = ({ ends: own, notes }: Judged): boolean =>
        !(notes.isLost && !change.isSameShape) && !ends.some((end) => own.includes(end)) && !notes.reads.some(reaches)
      const holding = mayTouch ? proof.judged.filter(holds) : proof.judged
      if (holding.length === proof.judged.length) kept.#whole.set(stack, entry)
      else kept.#parts.set(stack, new Map(holding.map((one) => [one.key, one])))
    }
    return kept
  }
}

/** What a link is called may have to do with those beside it. */
function changedEnds({ before, now, graph }: NetworkChange): string[] {
  const older = [...graph.older].flatMap((link) => before.graph.links[link] ?? [])
  const newer = [...graph.newer].flatMap((link) => now.graph.links[link] ?? [])
  return [...new Set([...older, ...newer].map(endsOf))]
}

function extentOf({ judged }: Proof): Extent {
  const farthest = new Map<PrefixSidEntry, Map<number, number>>()
  const ends = new Set<string>()
  let isLost = false
  for (const one of judged) {
    isLost ||= one.notes.isLost
    for (const end of one.ends) ends.add(end)
    for (const { sid, node, distance } of one.notes.reads) {
      // Which only another shape of the network can change, as what is lost.
      isLost ||= distance === Number.POSITIVE_INFINITY
      if (distance === Number.POSITIVE_INFINITY) continue
      const nodes = farthest.get(sid) ?? new Map<number, number>()
      nodes.set(node, Math.max(distance, nodes.get(node) ?? 0))
      farthest.set(sid, nodes)
    }
  }
  const reads: Read[] = []
  for (const [sid, nodes] of farthest) for (const [node, distance] of nodes) reads.push({ sid, node, distance })
  return { ends, reads, isLost }
}
