import type { LabelNetwork, PrefixSidEntry } from '@segchain/path-engine'
import { endsOf, type GraphChange } from '../again/graph-change.js'
import { Nearness } from '../again/nearness.js'
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

  after(before: LabelNetwork, now: LabelNetwork, change: GraphChange): KeptProofs {
    const kept = new KeptProofs()
    const touch = new Touch(before, now, change)
    for (const [stack, entry] of this.#whole) {
      if (!touch.mayTouch(entry.extent)) {
        kept.#whole.set(stack, entry)
        continue
      }
      const { judged } = entry.proof
      const holding = judged.filter((one) => !touch.touches(one))
      if (holding.length === judged.length) kept.#whole.set(stack, entry)
      else kept.#parts.set(stack, new Map(holding.map((one) => [one.key, one])))
    }
    return kept
  }
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

/** What a change can have to do with a proof. */
class Touch {
  readonly #before: LabelNetwork
  readonly #now: LabelNetwork
  readonly #change: GraphChange
  readonly #ends: readonly string[]
  readonly #near = new Map<number, Nearness | undefined>()
  readonly #isSameShape: boolean

  constructor(before: LabelNetwork, now: LabelNetwork, change: GraphChange) {
    this.#before = before
    this.#now = now
    this.#change = change
    const older = [...change.older].flatMap((link) => before.graph.links[link] ?? [])
    const newer = [...change.newer].flatMap((link) => now.graph.links[link] ?? [])
    this.#ends = [...new Set([...older, ...newer].map(endsOf))]
    const algorithms = new Set(now.sids.map((sid) => sid.algorithm))
    this.#isSameShape = [...algorithms].every((algorithm) => hasSameLinks(before, now, algorithm, change))
  }

  mayTouch({ ends, reads, isLost }: Extent): boolean {
    return (
      (isLost && !this.#isSameShape) ||
      // What a link is called may have to do with those beside it.
      this.#ends.some((end) => ends.has(end)) ||
      reads.some((read) => this.#reaches(read))
    )
  }

  touches({ ends, notes }: Judged): boolean {
    return (
      (notes.isLost && !this.#isSameShape) ||
      this.#ends.some((end) => ends.includes(end)) ||
      notes.reads.some((read) => this.#reaches(read))
    )
  }

  #reaches(read: Read): boolean {
    // Where there was no way there is none.
    if (read.distance === Number.POSITIVE_INFINITY && this.#isSameShape) return false
    return this.#nearness(read)?.mayTouch(read) ?? true
  }

  #nearness({ sid: { algorithm } }: Read): Nearness | undefined {
    if (!this.#near.has(algorithm)) {
      const [old, next] = [this.#before.topology(algorithm), this.#now.topology(algorithm)]
      const near = old === undefined || next === undefined ? undefined : Nearness.between(old, next, this.#change)
      this.#near.set(algorithm, near)
    }
    return this.#near.get(algorithm)
  }
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
