import type { ErrorRecord } from './envelope/error-record.js'
import type { FailoverRecord } from './plan/failover.js'
import type { PlanElement } from './plan/index.js'
import { compareElements } from './plan/order.js'
import type { StreamRecord } from './stream-record.js'

/** A plan as a stream describes it. */
export interface FoldedPlan {
  /** In the order of the stream; of a stream that follows a network, in the order of application. */
  readonly elements: readonly PlanElement[]
  readonly failovers: readonly FailoverRecord[]
  /** Why the network of now has no plan: the elements are those of before. Bad lines of an input are not among them. */
  readonly errors: readonly ErrorRecord[]
  readonly commit?: string
  readonly topologyDigest?: string
  /** What the writer says that the digest of the elements is. */
  readonly digest?: string
}

type PlanRecord = StreamRecord<'segchain.plan/1'>
type About = Pick<FoldedPlan, 'commit' | 'topologyDigest' | 'digest'>

/**
 * Folds a plan stream, also one of a compiler that follows a network: by id the last word wins, and a withdraw
 * removes. What comes after the last sync is half of a change where the writer was interrupted: it does not count.
 */
export class PlanFold {
  readonly #elements = new Map<string, PlanElement>()
  readonly #failovers = new Map<string, FailoverRecord>()
  readonly #errors = new Map<string, ErrorRecord>()
  #about: About = {}
  #pending: PlanRecord[] = []
  #synced = false
  #ended = false

  add(record: PlanRecord): this {
    if (record.kind === 'summary') this.#ended = record.outcome === 'ok' || record.outcome === 'different'
    this.#pending.push(record)
    if (record.kind !== 'sync' && !(record.kind === 'summary' && this.#ended)) return this
    if (record.kind === 'sync') this.#synced = true
    for (const one of this.#pending) this.#apply(one)
    this.#pending = []
    return this
  }

  /** Undefined when nothing said that what came is the whole. */
  get plan(): FoldedPlan | undefined {
    if (!this.#ended && !this.#synced) return undefined
    const elements = [...this.#elements.values()]
    return {
      elements: this.#synced ? elements.sort(compareElements) : elements,
      failovers: [...this.#failovers.values()],
      errors: [...this.#errors.values()],
      ...this.#about,
    }
  }

  #apply(record: PlanRecord): void {
    switch (record.kind) {
      case 'header':
      case 'sync':
      case 'summary':
        this.#about = { ...this.#about, ...aboutOf(record) }
        break
      case 'withdraw':
        for (const kept of [this.#elements, this.#failovers, this.#errors]) kept.delete(record.id)
        break
      case 'error':
        // With an input it is a line that somebody chose to pass over (--on-error=tag).
        if (record.input === undefined) this.#errors.set(record.id, record)
        break
      case 'failover':
        this.#failovers.set(record.id, record)
        break
      default:
        this.#elements.set(record.id, record)
    }
  }
}

function aboutOf(record: {
  readonly commit?: string
  readonly topologyDigest?: string
  readonly digest?: string
}): About {
  const { commit, topologyDigest, digest } = record
  return {
    ...(commit === undefined ? {} : { commit }),
    ...(topologyDigest === undefined ? {} : { topologyDigest }),
    ...(digest === undefined ? {} : { digest }),
  }
}
