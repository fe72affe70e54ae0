import type { SegchainError } from '@segchain/records'
import type { Difference, TreeDiff } from '../diff/index.js'
import { cancelCommit, confirmCommit, confirmedCommit } from '../netconf/commits.js'
import { type OpenSession, openNetconf } from '../netconf/open-device.js'
import { commit, type Datastore, getConfig } from '../netconf/operations.js'
import { serializeXml } from '../xml/index.js'
import type { DevicePlan } from './device-plan.js'
import type { Goal } from './goal.js'
import { NetconfDatastores } from './netconf-datastores.js'
import { type SaidPlan, sayPlan } from './say-plan.js'
import type { CommitMode, Provisional, Target } from './target.js'
import type { TargetOptions } from './target-options.js'
import { together } from './together.js'

const nothing: TreeDiff = { differences: [], edit: [], undo: [] }

/**
 * A device that speaks NETCONF. Requests of which a later one does no harm when an earlier one fails are
 * sent at once: the locks and what is read under them, an edit and its validation, a commit and the
 * reading back. Nothing is ever sent behind an edit that would put a failed one in force.
 */
export class NetconfTarget implements Target {
  readonly name: string
  readonly refused: readonly SegchainError[]
  readonly #goal: Goal
  readonly #open: OpenSession
  readonly #datastores: NetconfDatastores
  readonly #commitTimeoutMs: number
  #diff = nothing
  /** What was read right behind the commit, until somebody asks for it. */
  #readBack: Promise<TreeDiff> | undefined
  /** A confirmed commit was sent, and neither confirmed nor cancelled. */
  #pending = false

  private constructor(
    name: string,
    { dialect, goal, refused }: SaidPlan,
    open: OpenSession,
    { timeouts }: TargetOptions,
  ) {
    this.name = name
    this.refused = refused
    this.#goal = goal
    this.#open = open
    this.#datastores = new NetconfDatastores(open.session, dialect)
    this.#commitTimeoutMs = timeouts.commitMs
  }

  /** Connects, and says the plan in the device's dialect. @throws {SegchainError} NOT_EXPRESSIBLE and all of connecting. */
  static async open(plan: DevicePlan, options: TargetOptions): Promise<NetconfTarget> {
    const open = await openNetconf(plan.device, options)
    try {
      return new NetconfTarget(plan.device.name, await sayPlan(plan, open.session, options.unsupported), open, options)
    } catch (error) {
      await open.close()
      throw error
    }
  }

  get wanted(): number {
    return this.#goal.elements
  }

  get mode(): CommitMode {
    return this.#datastores.mode
  }

  /** Puts back what was there, for those that no timer helps. */
  get undo(): string {
    return this.#datastores.say(this.#diff.undo)
  }

  async wholeConfig(): Promise<string> {
    return serializeXml(await getConfig(this.#open.session, 'running'))
  }

  async prepare(): Promise<readonly Difference[]> {
    const locks = this.#datastores.lockAll()
    const reading = this.#compare()
    await together([...locks, reading])
    this.#diff = await reading
    return this.#diff.differences
  }

  /** A validation behind an edit that fails does no harm: the edit's failure is what is told. */
  async stage(): Promise<void> {
    // Without a candidate an edit is in force at once: that is then the commit.
    if (!this.#datastores.hasCandidate) return
    const edit = this.#edit(this.#diff)
    await together([edit, this.#datastores.validate() ?? edit])
  }

  async predict(): Promise<readonly Difference[] | undefined> {
    return this.#datastores.hasCandidate ? (await this.#compare('candidate')).differences : undefined
  }

  discard(): Promise<void> {
    return this.#datastores.discard()
  }

  async commit(provisional: Provisional): Promise<void> {
    const committed = this.#commit(provisional)
    this.#readBack = this.#compare()
    // Whether that could be read is told when it is asked for.
    await together([committed, this.#readBack.catch(() => undefined)])
  }

  /**
   * A device that answers `<ok/>` and changes nothing (netconfd 2.13 after edit, validate, commit on a
   * fresh server) shows here only.
   */
  async stillDifferent(): Promise<readonly Difference[]> {
    const reading = this.#readBack ?? this.#compare()
    this.#readBack = undefined
    return (await reading).differences
  }

  /** netconfd takes the same without validate; the commit validates by itself. */
  async commitAgain(provisional: Provisional): Promise<boolean> {
    if (!this.#datastores.hasCandidate) return false
    await this.discard()
    await this.#edit(await this.#compare())
    await this.commit(provisional)
    return true
  }

  async confirm(id: string): Promise<void> {
    if (this.mode === 'plain') return
    await confirmCommit(this.#open.session, this.mode === 'persistent' ? id : undefined, this.#commitTimeoutMs)
    this.#pending = false
  }

  async cancel(id: string): Promise<void> {
    this.#readBack = undefined
    await cancelCommit(this.#open.session, id, this.#commitTimeoutMs)
    this.#pending = false
  }

  /** Sends an edit that puts back what was there, and commits it for good. */
  async putBack(undo: string): Promise<void> {
    this.#readBack = undefined
    if (undo === '') return
    await this.#datastores.lockEditable()
    await this.discard()
    await this.#datastores.edit(undo)
    if (this.#datastores.hasCandidate) await commit(this.#open.session, this.#commitTimeoutMs)
  }

  async disarm(): Promise<void> {
    if (this.mode !== 'session') return
    await this.discard()
    await commit(this.#open.session, this.#commitTimeoutMs)
  }

  save(): Promise<void> {
    return this.#datastores.save()
  }

  async close(): Promise<void> {
    await Promise.all([...this.#datastores.unlockAll(), this.#open.close()])
  }

  #commit({ id, timeoutS }: Provisional): Promise<void> {
    const { session } = this.#open
    if (this.mode === 'plain') {
      return this.#datastores.hasCandidate ? commit(session, this.#commitTimeoutMs) : this.#edit(this.#diff)
    }
    const again = this.#pending
    // Before it is sent: when no answer comes, nobody knows whether it is in force.
    this.#pending = true
    const options = this.mode === 'persistent' ? { timeoutS, persist: id, again } : { timeoutS }
    return confirmedCommit(session, options, this.#commitTimeoutMs)
  }

  #edit(diff: TreeDiff): Promise<void> {
    return this.#datastores.edit(this.#datastores.say(diff.edit))
  }

  /** What has to change, from what the datastore has now. */
  async #compare(source: Datastore = 'running'): Promise<TreeDiff> {
    return this.#goal.compare(await this.#datastores.read(source, this.#goal.concerns))
  }
}
