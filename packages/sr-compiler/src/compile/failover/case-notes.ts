import type { Read } from '../again/reads.js'

/** What the judgement of one failure looked at beyond what the chain itself stands on. */
export class CaseNotes {
  readonly reads: Read[] = []
  /** The chain does not survive it: whether a way is left is told by the whole network. */
  isLost = false
  /** False where labels were walked that other things than segments may claim. */
  isRepeatable = true
}
