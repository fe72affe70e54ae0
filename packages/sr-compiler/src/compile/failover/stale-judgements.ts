import type { Outage } from '@segchain/path-engine'
import type { LinkIds } from '../again/link-ids.js'
import { judge } from './judge.js'
import { type Judged, type Proof, proofOf, type SingleFailure } from './proof.js'
import type { Aftermath, Ground, Subject } from './subject.js'

interface Renewal {
  readonly proof: Proof
  readonly judged: Judged[]
  readonly renewed: Judged[]
}

/** Proofs of which some judgements are made anew, each failure for all of them together. */
export class StaleJudgements<S extends Subject> {
  readonly #ground: Ground<S>
  readonly #renewals = new Map<S, Renewal>()
  /** By the key of the failure: whose judgement, and at which position. */
  readonly #waiting = new Map<string, { readonly of: SingleFailure; readonly at: [S, number][] }>()

  constructor(ground: Ground<S>) {
    this.#ground = ground
  }

  /** False where the chain has no such proof. */
  takes(one: S): boolean {
    const known = this.#ground.stale(one)
    if (known === undefined) return false
    const { proof, stale } = known
    this.#renewals.set(one, { proof, judged: [...proof.judged], renewed: [] })
    for (const at of stale) {
      const { of } = proof.judged[at] as Judged
      const waiting = this.#waiting.get(of.key)
      if (waiting === undefined) this.#waiting.set(of.key, { of, at: [[one, at]] })
      else waiting.at.push([one, at])
    }
    return true
  }

  /** Those of one failure. */
  renew(key: string, aftermath: () => Aftermath<S>): void {
    const waiting = this.#waiting.get(key)
    if (waiting === undefined) return
    this.#waiting.delete(key)
    for (const [one, at] of waiting.at) {
      const renewal = this.#renewals.get(one)
      if (renewal === undefined) continue
      const judged = judge(this.#ground.graph, aftermath(), one, waiting.of, renewal.proof.record.services)
      renewal.judged[at] = judged
      renewal.renewed.push(judged)
    }
  }

  /** All that are left, and the proofs. */
  finish(): Map<S, Proof> {
    for (const { of } of [...this.#waiting.values()]) {
      const after = this.#ground.after(outageNow(of, this.#ground.ids))
      this.renew(of.key, () => after)
    }
    const proofs = new Map<S, Proof>()
    for (const [one, { proof, judged, renewed }] of this.#renewals) {
      const now = proofOf(proof.record, judged)
      this.#ground.keep(one, now, renewed)
      proofs.set(one, now)
    }
    return proofs
  }
}

/** The links may have other numbers than when the failure was found. */
function outageNow({ outage, links }: SingleFailure, ids: LinkIds | undefined): Outage {
  if (outage.links === undefined || ids === undefined) return outage
  return { ...outage, links: new Set(links.map((link) => ids.numberOf(link))) }
}
