import type { PlanElement, SegchainError } from '@segchain/records'
import { chooseDialect, expressAll, factsOf, type NetconfDialect } from '../dialects/index.js'
import type { Difference, TreeDiff } from '../diff/index.js'
import { type DataNode, fromXml, subtreeFilter, toXml } from '../model/index.js'
import { announcedModules } from '../netconf/announced-modules.js'
import { cancelCommit, confirmCommit, confirmedCommit } from '../netconf/commits.js'
import { nameLockHolder } from '../netconf/lock-holder.js'
import { type OpenSession, openNetconf } from '../netconf/open-device.js'
import {
  commit,
  copyConfig,
  type Datastore,
  discardChanges,
  editConfig,
  getConfig,
  lock,
  unlock,
  validate,
} from '../netconf/operations.js'
import { capability, type NetconfSession } from '../rpc/index.js'
import { serializeXml } from '../xml/index.js'
import type { DevicePlan } from './device-plan.js'
import { absent, type Goal, present } from './goal.js'
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
  readonly dialect: NetconfDialect
  readonly refused: readonly SegchainError[]
  readonly #goal: Goal
  readonly #open: OpenSession
  readonly #commitTimeoutMs: number
  readonly #locked: Datastore[] = []
  #diff = nothing
  /** What was read right behind the commit, until somebody asks for it. */
  #readBack: Promise<TreeDiff> | undefined
  /** A confirmed commit was sent, and neither confirmed nor cancelled. */
  #pending = false

  private constructor(
    name: string,
    dialect: NetconfDialect,
    goal: Goal,
    refused: readonly SegchainError[],
    open: OpenSession,
    options: TargetOptions,
  ) {
    this.name = name
    this.dialect = dialect
    this.refused = refused
    this.#goal = goal
    this.#open = open
    this.#commitTimeoutMs = options.timeouts.commitMs
  }

  /** Connects, and says the plan in the device's dialect. @throws {SegchainError} NOT_EXPRESSIBLE and all of connecting. */
  static async open({ device, elements, removing }: DevicePlan, options: TargetOptions): Promise<NetconfTarget> {
    const open = await openNetconf(device, options)
    try {
      const modules = await announcedModules(open.session)
      const dialect = chooseDialect(device.dialect, modules, open.session.capabilities.uris)
      const facts = factsOf(device, [...(removing ?? []), ...elements], modules)
      const express = (some: readonly PlanElement[]) => expressAll(dialect, some, facts)
      const expression = express(elements)
      const { refused } = expression
      // Of what is removed, nothing can have been written that cannot be said.
      const goal = removing === undefined ? present(expression) : absent(express(removing), expression)
      const [first] = refused
      if (first !== undefined && options.unsupported === 'error') throw first
      return new NetconfTarget(device.name, dialect, goal, refused, open, options)
    } catch (error) {
      await open.close()
      throw error
    }
  }

  get session(): NetconfSession {
    return this.#open.session
  }

  get wanted(): number {
    return this.#goal.elements
  }

  get mode(): CommitMode {
    const { capabilities } = this.session
    if (!capabilities.candidate || !capabilities.confirmedCommit) return 'plain'
    return capabilities.persistentConfirmedCommit ? 'persistent' : 'session'
  }

  /** The datastore that is edited: the candidate where there is one. */
  get editable(): Datastore {
    return this.session.capabilities.candidate ? 'candidate' : 'running'
  }

  /** Puts back what was there, for those that no timer helps. */
  get undo(): string {
    return toXml(this.#diff.undo, this.dialect.modules)
  }

  async wholeConfig(): Promise<string> {
    return serializeXml(await getConfig(this.session, 'running'))
  }

  /** Locks both datastores, so that nobody changes running in between (RFC 6241 §8.3.5.2). */
  async prepare(): Promise<readonly Difference[]> {
    const datastores = [...new Set<Datastore>(['running', this.editable])]
    const locks = datastores.map((datastore) => this.#lock(datastore))
    const reading = this.compare()
    await together([...locks, reading])
    this.#diff = await reading
    return this.#diff.differences
  }

  /** What has to change, from what the datastore has now. */
  async compare(source: Datastore = 'running'): Promise<TreeDiff> {
    return this.#goal.compare(await this.#read(source))
  }

  /** A validation behind an edit that fails does no harm: the edit's failure is what is told. */
  async stage(): Promise<void> {
    // Without a candidate an edit is in force at once: that is then the commit.
    if (this.editable !== 'candidate') return
    const edit = this.#edit(this.#diff)
    const validation = this.session.capabilities.validate ? validate(this.session, 'candidate') : edit
    await together([edit, validation])
  }

  async predict(): Promise<readonly Difference[] | undefined> {
    return this.editable === 'candidate' ? (await this.compare('candidate')).differences : undefined
  }

  async discard(): Promise<void> {
    if (this.editable === 'candidate') await discardChanges(this.session)
  }

  async commit(provisional: Provisional): Promise<void> {
    const committed = this.#commit(provisional)
    this.#readBack = this.compare()
    // Whether that could be read is told when it is asked for.
    await together([committed, this.#readBack.catch(() => undefined)])
  }

  /**
   * A device that answers `<ok/>` and changes nothing (netconfd 2.13 after edit, validate, commit on a
   * fresh server) shows here only.
   */
  async stillDifferent(): Promise<readonly Difference[]> {
    const reading = this.#readBack ?? this.compare()
    this.#readBack = undefined
    return (await reading).differences
  }

  /** netconfd takes the same without validate; the commit validates by itself. */
  async commitAgain(provisional: Provisional): Promise<boolean> {
    if (this.editable !== 'candidate') return false
    await this.discard()
    await this.#edit(await this.compare())
    await this.commit(provisional)
    return true
  }

  async confirm(id: string): Promise<void> {
    if (this.mode === 'plain') return
    await confirmCommit(this.session, this.mode === 'persistent' ? id : undefined, this.#commitTimeoutMs)
    this.#pending = false
  }

  async cancel(id: string): Promise<void> {
    this.#readBack = undefined
    await cancelCommit(this.session, id, this.#commitTimeoutMs)
    this.#pending = false
  }

  /** Sends an edit that puts back what was there, and commits it for good. */
  async putBack(undo: string): Promise<void> {
    this.#readBack = undefined
    if (undo === '') return
    if (!this.#locked.includes(this.editable)) await this.#lock(this.editable)
    await this.discard()
    await editConfig(this.session, this.editable, undo, this.#rollbackOnError)
    if (this.editable === 'candidate') await commit(this.session, this.#commitTimeoutMs)
  }

  async disarm(): Promise<void> {
    if (this.mode !== 'session') return
    await this.discard()
    await commit(this.session, this.#commitTimeoutMs)
  }

  async save(): Promise<void> {
    if (this.session.capabilities.startup) await copyConfig(this.session, 'running', 'startup')
  }

  async close(): Promise<void> {
    // The end of the session unlocks as well (RFC 6241 §7.5).
    const unlocked = this.#locked.splice(0).map((datastore) => unlock(this.session, datastore).catch(() => undefined))
    await Promise.all([...unlocked, this.#open.close()])
  }

  get #rollbackOnError(): boolean {
    return this.session.capabilities.has(capability.rollbackOnError)
  }

  async #lock(datastore: Datastore): Promise<void> {
    try {
      await lock(this.session, datastore)
      this.#locked.push(datastore)
    } catch (error) {
      throw await nameLockHolder(this.session, error)
    }
  }

  #commit({ id, timeoutS }: Provisional): Promise<void> {
    const { mode } = this
    const again = this.#pending
    if (mode === 'plain') {
      return this.editable === 'candidate' ? commit(this.session, this.#commitTimeoutMs) : this.#edit(this.#diff)
    }
    // Before it is sent: when no answer comes, nobody knows whether it is in force.
    this.#pending = true
    const options = mode === 'persistent' ? { timeoutS, persist: id, again } : { timeoutS }
    return confirmedCommit(this.session, options, this.#commitTimeoutMs)
  }

  #edit(diff: TreeDiff): Promise<void> {
    return editConfig(this.session, this.editable, toXml(diff.edit, this.dialect.modules), this.#rollbackOnError)
  }

  async #read(source: Datastore): Promise<DataNode[]> {
    const { concerns } = this.#goal
    if (concerns.length === 0) return []
    const { modules, schema, byKey, aliases } = this.dialect
    const reply = await getConfig(this.session, source, subtreeFilter(concerns, modules, byKey))
    return fromXml(reply, schema, modules, aliases)
  }
}
