import type { NetconfDialect } from '../dialects/index.js'
import { type DataNode, fromXml, subtreeFilter, toXml } from '../model/index.js'
import { nameLockHolder } from '../netconf/lock-holder.js'
import {
  copyConfig,
  type Datastore,
  discardChanges,
  editConfig,
  getConfig,
  lock,
  unlock,
  validate,
} from '../netconf/operations.js'
import { capability, type NetconfSession, type RpcError, RpcRejection } from '../rpc/index.js'
import type { CommitMode } from './target.js'

/** RFC 6241 appendix A: it could be locked, but not now, or not by us. */
const HELD = new Set(['lock-denied', 'in-use', 'access-denied', 'resource-denied'])

/** The datastores of a device behind one session: locked, read and edited in its dialect, as its capabilities allow. */
export class NetconfDatastores {
  readonly #session: NetconfSession
  readonly #dialect: NetconfDialect
  readonly #locked: Datastore[] = []

  constructor(session: NetconfSession, dialect: NetconfDialect) {
    this.#session = session
    this.#dialect = dialect
  }

  get mode(): CommitMode {
    const { candidate, confirmedCommit, persistentConfirmedCommit } = this.#session.capabilities
    if (!candidate || !confirmedCommit) return 'plain'
    return persistentConfirmedCommit ? 'persistent' : 'session'
  }

  get hasCandidate(): boolean {
    return this.#session.capabilities.candidate
  }

  /** The datastore that is edited: the candidate where there is one. */
  get editable(): Datastore {
    return this.hasCandidate ? 'candidate' : 'running'
  }

  /**
   * Both are locked, so that nobody changes running in between (RFC 6241 §8.3.5.2). Sent at once, the one first
   * without which nothing goes.
   */
  lockAll(): Promise<void>[] {
    return this.hasCandidate ? [this.#lock('candidate'), this.#lockRunning()] : [this.#lock('running')]
  }

  async lockEditable(): Promise<void> {
    if (!this.#locked.includes(this.editable)) await this.#lock(this.editable)
  }

  /** Never throws: the end of the session unlocks as well (RFC 6241 §7.5). */
  unlockAll(): Promise<unknown>[] {
    return this.#locked.splice(0).map((datastore) => unlock(this.#session, datastore).catch(() => undefined))
  }

  /** As much as these nodes are about. */
  async read(source: Datastore, concerns: readonly DataNode[]): Promise<DataNode[]> {
    if (concerns.length === 0) return []
    const { modules, schema, byKey, aliases } = this.#dialect
    const reply = await getConfig(this.#session, source, subtreeFilter(concerns, modules, byKey))
    return fromXml(reply, schema, modules, aliases)
  }

  /** As XML of the device's models. */
  say(nodes: readonly DataNode[]): string {
    return toXml(nodes, this.#dialect.modules)
  }

  /** @param config what {@link say} has made */
  edit(config: string): Promise<void> {
    const rollbackOnError = this.#session.capabilities.has(capability.rollbackOnError)
    return editConfig(this.#session, this.editable, config, rollbackOnError)
  }

  /** Of the candidate; undefined where the device cannot. */
  validate(): Promise<void> | undefined {
    return this.#session.capabilities.validate ? validate(this.#session, 'candidate') : undefined
  }

  async discard(): Promise<void> {
    if (this.hasCandidate) await discardChanges(this.#session)
  }

  /** What is in force becomes what the device starts with, where that is another datastore. */
  async save(): Promise<void> {
    if (this.#session.capabilities.startup) await copyConfig(this.#session, 'running', 'startup')
  }

  /**
   * Junos and IOS XR lock the candidate only, and each has its own words for that. SR OS has running locked by the
   * lock of the candidate, and denies the second one to the session that has the first. Where running is changed by
   * commits alone, the candidate's lock keeps everybody out; where it can be edited, the operator is told.
   */
  async #lockRunning(): Promise<void> {
    try {
      await lock(this.#session, 'running')
      this.#locked.push('running')
    } catch (error) {
      if (!(error instanceof RpcRejection)) throw error
      const denied = error.errors.find(({ tag }) => HELD.has(tag))
      if (denied !== undefined && !this.#isOurs(denied)) throw await nameLockHolder(this.#session, error)
      const [first] = error.errors
      const byCommitsOnly = !this.#session.capabilities.has(capability.writableRunning)
      if (first === undefined || denied?.sessionId !== undefined || (denied === undefined && byCommitsOnly)) return
      this.#session.warn('lock of running', first)
    }
  }

  /** A device that does not tell who holds the lock may mean us; if not, it refuses the commit. */
  #isOurs({ tag, sessionId }: RpcError): boolean {
    return tag === 'lock-denied' && (sessionId === undefined || sessionId === this.#session.sessionId)
  }

  async #lock(datastore: Datastore): Promise<void> {
    try {
      await lock(this.#session, datastore)
      this.#locked.push(datastore)
    } catch (error) {
      throw await nameLockHolder(this.#session, error)
    }
  }
}
