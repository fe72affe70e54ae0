import type { Read } from '../again/reads.js'

/** A read of which more may be known: all links that the ways use. */
export type NotedRead = Read & { readonly links?: readonly number[] }

/** What the judgement of one failure looked at beyond what the chain itself stands on. */
export class CaseNotes {
  readonly reads: NotedRead[] = []
  /** The chain does not survive it: whether a way is left is told by the whole network. */
  isLost = false
  /** False where labels were walked that other things than segments may claim. */
  isRepeatable = true
}
