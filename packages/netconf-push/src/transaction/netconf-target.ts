import { type PlanElement, SegchainError } from '@segchain/records'
import { chooseDialect, type Expression, expressAll, type NetconfDialect } from '../dialects/index.js'
import { type Difference, diffTrees, type TreeDiff } from '../diff/index.js'
import { type DataNode, fromXml, subtreeFilter, toXml } from '../model/index.js'
import { announcedModules } from '../netconf/announced-modules.js'
import { cancelCommit, confirmCommit, confirmedCommit } from '../netconf/commits.js'
import { type ConnectOptions, type OpenSession, openNetconf } from '../netconf/open-device.js'
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
import type { DevicePlan } from './device-plan.js'
import type { CommitMode, Provisional, Target } from './target.js'

export interface TargetOptions extends ConnectOptions {
  /** Elements that cannot be said: an error, or gone on without. */
  readonly unsupported: 'error' | 'skip'
}

const nothing: TreeDiff = { differences: [], edit: [], undo: [] }

/** A device that speaks NETCONF. */
export class NetconfTarget implements Target {
  readonly name: string
  readonly dialect: NetconfDialect
  readonly expression: Expression
  readonly #open: OpenSession
  readonly #commitTimeoutMs: number
  readonly #locked: Datastore[] = []
  #diff = nothing
  /** A confirmed commit was sent, and neither confirmed nor cancelled. */
  #pending = false

  private constructor(
    name: string,
    dialect: NetconfDialect,
    expression: Expression,
    open: OpenSession,
    options: TargetOptions,
  ) {
    this.name = name
    this.dialect = dialect
    this.expression = expression
    this.#open = open
    this.#commitTimeoutMs = options.timeouts.commitMs
  }

  /** Connects, and says the plan in the device's dialect. @throws {SegchainError} NOT_EXPRESSIBLE and all of connecting. */
  static async open(plan: DevicePlan, options: TargetOptions): Promise<NetconfTarget> {
    const open = await openNetconf(plan.device, options)
    try {
      const modules = await announcedModules(open.session)
      const dialect = chooseDialect(plan.device.dialect, modules)
      const expression = expressAll(dialect, plan.elements, {
        device: plan.device.name,
        igpInstance: plan.device.igpInstance,
        loopbacks: loopbacksOf(plan.elements),
        ...(modules === undefined ? {} : { modules }),
      })
      const [refused] = expression.refused
      if (refused !== undefined && options.unsupported === 'error') throw refused
      return new NetconfTarget(plan.device.name, dialect, expression, open, options)
    } catch (error) {
      await open.close()
      throw error
    }
  }

  get session(): NetconfSession {
    return this.#open.session
  }

  get refused(): readonly SegchainError[] {
    return this.expression.refused
  }

  get wanted(): number {
    return this.expression.expressed.length
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

  /** Locks both datastores, so that nobody changes running in between (RFC 6241 §8.3.5.2). */
  async prepare(): Promise<readonly Difference[]> {
    for (const datastore of new Set<Datastore>(['running', this.editable])) {
      await lock(this.session, datastore)
      this.#locked.push(datastore)
    }
    this.#diff = await this.compare()
    return this.#diff.differences
  }

  /** What has to change, from what the datastore has now. */
  async compare(source: Datastore = 'running'): Promise<TreeDiff> {
    return diffTrees(await this.#read(source), this.expression.wanted)
  }

  async stage(): Promise<void> {
    // Without a candidate an edit is in force at once: that is then the commit.
    if (this.editable !== 'candidate') return
    await this.#edit(this.#diff)
    if (this.session.capabilities.validate) await validate(this.session, 'candidate')
  }

  async predict(): Promise<readonly Difference[] | undefined> {
    return this.editable === 'candidate' ? (await this.compare('candidate')).differences : undefined
  }

  async discard(): Promise<void> {
    if (this.editable === 'candidate') await discardChanges(this.session)
  }

  async commit({ id, timeoutS }: Provisional): Promise<void> {
    const { mode } = this
    const again = this.#pending
    if (mode === 'plain') {
      if (this.editable === 'candidate') await commit(this.session, this.#commitTimeoutMs)
      else await this.#edit(this.#diff)
      return
    }
    // Before it is sent: when no answer comes, nobody knows whether it is in force.
    this.#pending = true
    const options = mode === 'persistent' ? { timeoutS, persist: id, again } : { timeoutS }
    await confirmedCommit(this.session, options, this.#commitTimeoutMs)
  }

  /**
   * A device that answers `<ok/>` and changes nothing (netconfd 2.13 after edit, validate, commit on a
   * fresh server) shows here only.
   */
  async stillDifferent(): Promise<readonly Difference[]> {
    return (await this.compare('running')).differences
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
    await cancelCommit(this.session, id, this.#commitTimeoutMs)
    this.#pending = false
  }

  /** Sends an edit that puts back what was there, and commits it for good. */
  async putBack(undo: string): Promise<void> {
    if (undo === '') return
    await this.discard()
    await editConfig(this.session, this.editable, undo, this.#rollbackOnError)
    if (this.editable === 'candidate') await commit(this.session, this.#commitTimeoutMs)
  }

  async save(): Promise<void> {
    if (this.session.capabilities.startup) await copyConfig(this.session, 'running', 'startup')
  }

  async close(): Promise<void> {
    try {
      for (let datastore = this.#locked.pop(); datastore !== undefined; datastore = this.#locked.pop()) {
        await unlock(this.session, datastore)
      }
    } catch {
      // The end of the session unlocks as well (RFC 6241 §7.5).
    }
    await this.#open.close()
  }

  get #rollbackOnError(): boolean {
    return this.session.capabilities.has(capability.rollbackOnError)
  }

  #edit(diff: TreeDiff): Promise<void> {
    return editConfig(this.session, this.editable, toXml(diff.edit, this.dialect.modules), this.#rollbackOnError)
  }

  async #read(source: Datastore): Promise<DataNode[]> {
    const { wanted } = this.expression
    if (wanted.length === 0) return []
    const { modules, schema, byKey } = this.dialect
    return fromXml(await getConfig(this.session, source, subtreeFilter(wanted, modules, byKey)), schema, modules)
  }
}

function loopbacksOf(elements: readonly PlanElement[]): ReadonlyMap<string, number> {
  return new Map(
    elements.flatMap((element) => (element.kind === 'loopback' ? [[element.prefix, element.number] as const] : [])),
  )
}

/** The device said yes, and did not do it. */
export function withoutEffect(device: string, missing: readonly Difference[]): SegchainError {
  const [first] = missing
  return new SegchainError({
    category: 'rejected',
    code: 'COMMIT_WITHOUT_EFFECT',
    message: `the device answered ok to the commit, and ${missing.length} of the changes are not in its running configuration${first === undefined ? '' : ` (first: ${first.path})`}`,
    hint: 'the device, or something that watches over it, undid or ignored them: look at its log',
    where: { device },
  })
}
