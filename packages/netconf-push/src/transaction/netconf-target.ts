import { type PlanElement, SegchainError } from '@segchain/records'
import { chooseDialect, type Expression, expressAll, type NetconfDialect } from '../dialects/index.js'
import { type Difference, diffTrees, type TreeDiff } from '../diff/index.js'
import { type DataNode, fromXml, subtreeFilter, toXml } from '../model/index.js'
import { announcedModules } from '../netconf/announced-modules.js'
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
import type { NetconfSession } from '../rpc/index.js'
import type { DevicePlan } from './device-plan.js'

export interface TargetOptions extends ConnectOptions {
  /** Elements that cannot be said: an error, or gone on without. */
  readonly unsupported: 'error' | 'skip'
}

/** One device in a transaction: what is wanted of it, an open session, and the steps on it. */
export class NetconfTarget {
  readonly name: string
  readonly dialect: NetconfDialect
  readonly expression: Expression
  readonly #open: OpenSession
  readonly #commitTimeoutMs: number
  readonly #locked: Datastore[] = []

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

  /** The datastore that is edited: the candidate where there is one. */
  get editable(): Datastore {
    return this.session.capabilities.candidate ? 'candidate' : 'running'
  }

  /** Both datastores, so that nobody changes running in between (RFC 6241 §8.3.5.2). */
  async lock(): Promise<void> {
    for (const datastore of new Set<Datastore>(['running', this.editable])) {
      await lock(this.session, datastore)
      this.#locked.push(datastore)
    }
  }

  async unlock(): Promise<void> {
    for (let datastore = this.#locked.pop(); datastore !== undefined; datastore = this.#locked.pop()) {
      await unlock(this.session, datastore)
    }
  }

  /** What has to change, from what the datastore has now. */
  async compare(source: Datastore = 'running'): Promise<TreeDiff> {
    return diffTrees(await this.read(source), this.expression.wanted)
  }

  async read(source: Datastore): Promise<DataNode[]> {
    const { wanted } = this.expression
    if (wanted.length === 0) return []
    const { modules, schema, byKey } = this.dialect
    return fromXml(await getConfig(this.session, source, subtreeFilter(wanted, modules, byKey)), schema, modules)
  }

  async edit(diff: TreeDiff): Promise<void> {
    const rollbackOnError = this.session.capabilities.has('urn:ietf:params:netconf:capability:rollback-on-error:1.0')
    await editConfig(this.session, this.editable, toXml(diff.edit, this.dialect.modules), rollbackOnError)
  }

  async validate(): Promise<void> {
    if (this.editable === 'candidate' && this.session.capabilities.validate) await validate(this.session, 'candidate')
  }

  async commit(): Promise<void> {
    if (this.editable === 'candidate') await commit(this.session, this.#commitTimeoutMs)
  }

  /**
   * Reads running back and says what is still missing. A device that answers `<ok/>` and changes
   * nothing (netconfd 2.13 after edit, validate, commit on a fresh server) shows here only.
   */
  async stillDifferent(): Promise<readonly Difference[]> {
    return (await this.compare('running')).differences
  }

  async discard(): Promise<void> {
    if (this.editable === 'candidate') await discardChanges(this.session)
  }

  /** Running into startup, where the device keeps them apart. */
  async save(): Promise<void> {
    if (this.session.capabilities.startup) await copyConfig(this.session, 'running', 'startup')
  }

  close(): Promise<void> {
    return this.#open.close()
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
