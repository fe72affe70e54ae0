import type { Logger } from '@segchain/cli-kit'
import { DecodeError, type Treatment } from './codec/decode-error.js'

const WORDS: Readonly<Record<Treatment, string>> = {
  accepted: 'read all the same',
  'kept-raw': 'the TLV is kept as bytes',
  'attribute-discard': 'the attribute is discarded, the object is kept',
  'nlri-discard': 'the NLRI is discarded',
  'treat-as-withdraw': 'taken as a withdrawal',
  'session-reset': 'the session has to be reset',
}

/**
 * Says what was wrong in what a peer sent: deviations that are known and harmless once per peer and
 * code, everything else each time. Counts all of them by treatment.
 */
export class ProblemReport {
  readonly counts: Record<string, number> = {}
  readonly #log: Logger
  readonly #said = new Set<string>()

  constructor(log: Logger) {
    this.#log = log
  }

  add(treatment: Treatment, error: DecodeError, from: string): void {
    const key = `problem:${treatment}`
    this.counts[key] = (this.counts[key] ?? 0) + 1
    const once = `${from} ${error.code} ${error.where.path ?? ''}`
    if (treatment === 'accepted' && this.#said.has(once)) return
    this.#said.add(once)
    const hint = { treatment, from, rfc: treatment === 'accepted' ? undefined : 'RFC 9552 §8.2.2, RFC 7606' }
    const said = new DecodeError({
      code: error.code,
      message: `${error.message}: ${WORDS[treatment]}`,
      path: error.where.path ?? '',
      offset: error.where.offset ?? 0,
    })
    this.#log.warn(said, hint)
  }
}
