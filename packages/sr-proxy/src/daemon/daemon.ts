import { EventEmitter } from 'node:events'
import { digestOf, SegchainError } from '@segchain/records'
import type { Config } from '../config/schema.js'
import { defaults } from '../config/schema.js'
import { decodeGeneration } from '../layout/config.js'
import { u32 } from '../layout/struct.js'
import type { HeldFrame, Plane } from '../plane/plane.js'
import { compileTables } from '../tables/compile.js'
import { type IdState, Ids } from '../tables/ids.js'
import type { Host, Image, Port, Settings } from '../tables/image.js'
import { mergeTables, type Wanted } from '../tables/merge.js'
import type { Tables } from '../tables/schema.js'
import { type Change, changesBetween } from './changes.js'
import { Held } from './held.js'
import { serviceEntryOf } from './resolve.js'
import { readState, type State, writeState } from './state.js'
import { forgetImage, forgetOthers, replaceOneLabel, writeImage } from './write-image.js'

/** The tables of the configuration file have this owner. */
export const CONFIG_OWNER = 'config'

export interface DaemonEvents {
  applied: [{ readonly owner: string; readonly changes: number; readonly generation: number }]
  interface: [{ readonly interface: string; readonly present: boolean }]
  held: [{ readonly service: string; readonly interface: string; readonly bytes: number }]
  released: [{ readonly packets: number }]
}

export interface DaemonOptions {
  readonly plane: Plane
  readonly config: Config
  readonly host: () => Host
  readonly nowMs: () => number
  readonly warn: (message: string | SegchainError) => void
}

/** Owns the data plane: what its tables are to be, and that they are. */
export class Daemon extends EventEmitter<DaemonEvents> {
  readonly #options: DaemonOptions
  readonly #plane: Plane
  readonly held: Held
  #config: Config
  #owners = new Map<string, Tables>()
  #ids: IdState | undefined
  #image: Image | undefined
  #wanted: Wanted = mergeTables(new Map())
  #host: Host
  #lingering: { readonly port: Port; readonly untilMs: number }[] = []
  #generation = 0
  #queue: Promise<unknown> = Promise.resolve()

  private constructor(options: DaemonOptions) {
    super()
    this.#options = options
    this.#plane = options.plane
    this.#config = options.config
    this.#host = options.host()
    this.held = new Held((options.config.holdS ?? defaults.holdS) * 1000)
  }

  /** Brings what was wanted before, and what the configuration wants, into force. Packets go on meanwhile. */
  static async start(options: DaemonOptions): Promise<Daemon> {
    const daemon = new Daemon(options)
    const state = readState(daemon.stateFile)
    daemon.#ids = state?.ids
    daemon.#owners = new Map(Object.entries(state?.owners ?? {}))
    const settings = await daemon.#plane.table('config').get(u32(0))
    daemon.#generation = settings === undefined ? 0 : decodeGeneration(settings)
    await forgetOthers(daemon.#plane, daemon.#generation)
    await daemon.#enqueue(() => daemon.#put(CONFIG_OWNER, options.config.tables ?? {}, true))
    await daemon.#plane.watchHeld((frame) => daemon.#hold(frame))
    return daemon
  }

  get plane(): Plane {
    return this.#plane
  }

  get stateFile(): string {
    return this.#config.state ?? defaults.state
  }

  /** What is in the tables now. */
  get image(): Image {
    if (this.#image === undefined)
      throw new SegchainError({ category: 'internal', code: 'NOT_STARTED', message: 'not started' })
    return this.#image
  }

  get wanted(): Wanted {
    return this.#wanted
  }

  owners(): ReadonlyMap<string, Tables> {
    return this.#owners
  }

  tablesOf(owner: string): { readonly tables: Tables; readonly digest: string } {
    const tables = this.#owners.get(owner) ?? {}
    return { tables, digest: digestOf(tables) }
  }

  /** What {@link put} would change. @throws what put would throw */
  async preview(owner: string, tables: Tables): Promise<Change[]> {
    const owners = new Map(this.#owners).set(owner, tables)
    const ids = new Ids(this.#ids, this.#options.nowMs())
    compileTables(mergeTables(owners), this.#settings(), this.#host, ids, this.#generation + 1)
    return changesBetween(this.#owners.get(owner) ?? {}, tables)
  }

  /**
   * Makes these the tables of an owner, from one packet to the next.
   *
   * @param ifDigest only when what is there has this digest
   * @throws {SegchainError} `stale`, `TABLES_CHANGED`; `rejected`: nothing has changed then
   */
  put(owner: string, tables: Tables, ifDigest?: string): Promise<Change[]> {
    return this.#enqueue(async () => {
      const { digest } = this.tablesOf(owner)
      if (ifDigest !== undefined && ifDigest !== digest) throw tablesChanged(owner, digest)
      return this.#put(owner, tables, false)
    })
  }

  /** The configuration file has changed. Its tables come into force; what needs a restart does not. */
  reload(config: Config): Promise<Change[]> {
    return this.#enqueue(() => {
      this.#config = { ...config, ...(this.#config.state === undefined ? {} : { state: this.#config.state }) }
      return this.#put(CONFIG_OWNER, config.tables ?? {}, true)
    })
  }

  /** Looks whether interfaces have come or gone, what may be forgotten, and what was held too long. */
  async tick(): Promise<void> {
    this.held.expire(this.#options.nowMs())
    const host = this.#options.host()
    const changed = changedInterfaces(this.#host, host).filter((name) => this.#concerns(name))
    const over = this.#lingering.some(({ untilMs }) => untilMs <= this.#options.nowMs())
    if (changed.length === 0 && !over) return
    this.#host = host
    await this.#enqueue(() => this.#bringInto(this.#owners))
    for (const name of changed) this.emit('interface', { interface: name, present: host.has(name) })
  }

  /** Resolves when the data plane answers, and what was begun before has ended. @throws what keeps it from that */
  async answers(): Promise<void> {
    await this.#queue
    await this.#plane.table('config').get(u32(0))
  }

  async stop(): Promise<void> {
    await this.#queue.catch(() => undefined)
    await this.#plane.close()
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work)
    this.#queue = result.catch(() => undefined)
    return result
  }

  async #put(owner: string, tables: Tables, always: boolean): Promise<Change[]> {
    const changes = changesBetween(this.#owners.get(owner) ?? {}, tables)
    if (changes.length === 0 && !always) return changes
    const owners = new Map(this.#owners).set(owner, tables)
    if (Object.keys(tables).length === 0) owners.delete(owner)
    this.#host = this.#options.host()
    const one = changes.length === 1 && changes[0]?.path.startsWith('/labels/') === true && this.#image !== undefined
    await this.#bringInto(owners, one)
    this.emit('applied', { owner, changes: changes.length, generation: this.#generation })
    return changes
  }

  /** @param one it is one label that changes */
  async #bringInto(owners: Map<string, Tables>, one = false): Promise<void> {
    const wanted = mergeTables(owners)
    const nowMs = this.#options.nowMs()
    const old = this.#oldPorts(nowMs)
    const before = this.#image
    const made = (generation: number): { image: Image; ids: Ids; settled: IdState } => {
      const ids = new Ids(this.#ids, nowMs)
      const ports = old.map(({ port }) => port)
      const image = compileTables(wanted, this.#settings(), this.#host, ids, generation, ports)
      return { image, ids, settled: ids.settle() }
    }
    const next = made(one ? this.#generation : (this.#generation % 0xffff_fffe) + 1)
    this.#save(owners, next.settled)
    const { image } = next
    try {
      for (const name of image.missing) this.#options.warn(`interface ${name} is not there: what hangs on it waits`)
      await this.#clearCounters(next.ids)
      await this.#attach(image)
      const replaced = one && before !== undefined && (await replaceOneLabel(this.#plane, image, before))
      if (one && !replaced) return await this.#bringInto(owners)
      if (!replaced) await writeImage(this.#plane, image)
    } catch (error) {
      this.#save(this.#owners, this.#ids)
      throw error
    }
    this.#lingering = old.filter(({ port }) => image.ports.includes(port))
    this.#owners = owners
    this.#wanted = wanted
    this.#ids = next.settled
    this.#image = image
    this.#generation = image.generation
    if (!one) await forgetImage(this.#plane, image, before)
    await this.#detach(image)
    await this.#release()
  }

  #settings(): Settings {
    const { unknownLabels, default: defaultNextHop, end: endNextHop, icmpPerSecond } = this.#config
    return {
      unknownLabels: unknownLabels ?? 'drop',
      icmpPerSecond: icmpPerSecond ?? defaults.icmpPerSecond,
      ...(this.#plane.sessionLines === undefined ? {} : { sessionLines: this.#plane.sessionLines }),
      ...(defaultNextHop === undefined ? {} : { defaultNextHop }),
      ...(endNextHop === undefined ? {} : { endNextHop }),
    }
  }

  #save(owners: ReadonlyMap<string, Tables>, ids: IdState | undefined): void {
    const kept = [...owners].filter(([owner]) => owner !== CONFIG_OWNER)
    const state: State = { version: 1, owners: Object.fromEntries(kept), ...(ids === undefined ? {} : { ids }) }
    writeState(this.stateFile, state)
  }

  /** Ports that are there: where they are no longer wanted, they stay for a while, for packets inside the VNF. */
  #oldPorts(nowMs: number): { readonly port: Port; readonly untilMs: number }[] {
    const untilMs = nowMs + (this.#config.lingerS ?? defaults.lingerS) * 1000
    const known = new Map(this.#lingering.map((old) => [old.port, old.untilMs] as const))
    return (this.#image?.ports ?? [])
      .map((port) => ({ port, untilMs: known.get(port) ?? untilMs }))
      .filter((old) => old.untilMs > nowMs)
  }

  /** New numbers begin at 0. */
  async #clearCounters(ids: Ids): Promise<void> {
    const tables = {
      labelCounter: 'label_counters',
      serviceCounter: 'service_counters',
      vnf: 'vnf_counters',
      instance: 'instance_counters',
    } as const
    for (const { kind, id } of ids.fresh) {
      if (!Object.hasOwn(tables, kind)) continue
      const table = this.#plane.table(tables[kind as keyof typeof tables])
      const value = await table.get(u32(id))
      if (value !== undefined) await table.set(u32(id), Buffer.alloc(value.length))
    }
  }

  async #attach(image: Image): Promise<void> {
    for (const name of this.#config.network ?? []) {
      const found = this.#host.get(name)
      if (found === undefined) this.#options.warn(`interface ${name} of network is not there`)
      else await this.#plane.attach(name, found.index, 'sr_network')
    }
    for (const name of image.returnInterfaces) {
      const found = this.#host.get(name)
      if (found !== undefined) await this.#plane.attach(name, found.index, 'sr_return')
    }
  }

  async #detach(image: Image): Promise<void> {
    const lingering = this.#lingering.map(({ port }) => port.interface)
    const kept = new Set([...(this.#config.network ?? []), ...image.returnInterfaces, ...lingering])
    for (const name of [...this.#plane.attached().keys()]) if (!kept.has(name)) await this.#plane.detach(name)
  }

  #concerns(name: string): boolean {
    if (this.#config.network?.includes(name)) return true
    if (this.image.returnInterfaces.includes(name)) return true
    const out = [...this.#wanted.attachments.values(), ...this.#wanted.nextHops.values()]
    return out.some((at) => 'interface' in at && (at.interface === name || ('return' in at && at.return === name)))
  }

  #hold(frame: HeldFrame): void {
    const service = this.image.names.services.get(frame.service) ?? ''
    // It was decided while the frame was on its way to us.
    if (serviceEntryOf(this.#wanted, service)?.action !== 'delay') {
      void this.#plane.release(frame).catch((error: SegchainError) => this.#options.warn(error))
      return
    }
    const first = this.held.add(frame, this.#options.nowMs())
    if (!first) return
    const name = [...this.#host].find(([, { index }]) => index === frame.interfaceIndex)?.[0] ?? ''
    this.emit('held', { service, interface: name, bytes: frame.frame.length })
  }

  async #release(): Promise<void> {
    if (this.held.count === 0) return
    const frames = this.held.take((id) => {
      const service = this.image.names.services.get(id)
      return service === undefined || serviceEntryOf(this.#wanted, service)?.action !== 'delay'
    })
    for (const frame of frames) await this.#plane.release(frame)
    if (frames.length > 0) this.emit('released', { packets: frames.length })
  }
}

/** Names of interfaces that came, went, or are others than before. */
function changedInterfaces(before: Host, after: Host): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((name) => {
    const a = before.get(name)
    const b = after.get(name)
    return a?.index !== b?.index || a?.mac !== b?.mac || a?.mtu !== b?.mtu
  })
}

function tablesChanged(owner: string, digest: string): SegchainError {
  return new SegchainError({
    category: 'stale',
    code: 'TABLES_CHANGED',
    message: `the tables of ${owner} have changed since they were read (they are ${digest} now)`,
    hint: 'read them again: diff, then apply',
  })
}
