import { SegchainError } from '@segchain/records'
import { Attr, Command, MapType } from '../bpf/attr.js'
import { Errno, KernelError } from '../bpf/errno.js'
import { Helper } from '../bpf/helper-process.js'
import { type Descriptor, Kernel, type XdpMode } from '../bpf/kernel.js'
import { type Loaded, loadObject } from '../bpf/load.js'
import type { MapSpec } from '../bpf/map-spec.js'
import type { ObjectSpec } from '../bpf/object.js'
import type { Entry } from '../bpf/table.js'
import { ABI_VERSION } from '../layout/config.js'
import { ProgramSlots } from '../layout/label.js'
import { u32 } from '../layout/struct.js'
import { decodeHeld } from './held-event.js'
import { MovingSessions } from './moving-sessions.js'
import { Pins } from './pins.js'
import type { HeldFrame, Plane, PlaneTable, Role } from './plane.js'

export interface XdpOptions {
  readonly object: ObjectSpec
  /** Folder in a bpf file system. */
  readonly pins: string
  readonly mode: 'auto' | XdpMode
  /** Entries of tables that are not to have the object's number. */
  readonly maxEntries: ReadonlyMap<string, number>
  readonly warn: (message: string) => void
}

/** Belongs to one build of the programs, not to the tables that outlive them: nothing is lost with it. */
const OF_THE_BUILD: ReadonlySet<string> = new Set(['programs', 'scratch', 'session_lines4', 'line_stacks'])
/** After it no packet is in a program that was replaced. */
const GRACE_MS = 200

interface Link {
  readonly descriptor: Descriptor
  readonly index: number
  readonly role: Role
  readonly mode: string
}

/** The data plane in the kernel. Tables and links are pinned: they stay when we end, and are found again. */
export class XdpPlane implements Plane {
  readonly runtime = 'xdp'
  readonly #kernel: Kernel
  readonly #pins: Pins
  readonly #loaded: Loaded
  readonly #moving: MovingSessions
  readonly #object: ObjectSpec
  readonly #options: XdpOptions
  readonly #links = new Map<string, Link>()

  private constructor(kernel: Kernel, pins: Pins, loaded: Loaded, moving: MovingSessions, options: XdpOptions) {
    this.#kernel = kernel
    this.#moving = moving
    this.#pins = pins
    this.#loaded = loaded
    this.#options = options
    this.#object = options.object
  }

  /**
   * Loads the programs; takes over the tables and links of an earlier run, with the packets in between.
   *
   * @throws {SegchainError} `usage` without root or bpf file system; {@link KernelError}
   */
  static async open(options: XdpOptions): Promise<XdpPlane> {
    const kernel = new Kernel(Helper.start())
    try {
      const pins = new Pins(options.pins, ABI_VERSION)
      const moving = new MovingSessions(kernel, pins)
      const existing = await pinnedMaps(kernel, pins, moving, options)
      const loaded = await loadObject(kernel, options.object, { existing, maxEntries: options.maxEntries })
      for (const spec of options.object.maps) {
        const table = loaded.tables.get(spec.name)
        if (table === undefined || !isKept(spec) || existing.has(spec.name)) continue
        await kernel.pin(table.descriptor, pins.map(spec.name))
      }
      await moving.connect(loaded.tables)
      const plane = new XdpPlane(kernel, pins, loaded, moving, options)
      await plane.#fillPrograms()
      await plane.#takeOver()
      moving.start(loaded.tables, options.warn)
      return plane
    } catch (error) {
      await kernel.helper.stop()
      throw error
    }
  }

  get movingSessions(): boolean {
    return this.#moving.active
  }

  get sessionLines(): number {
    return this.#loaded.tables.get('session_lines4')?.shape.maxEntries ?? 1
  }

  table(name: string): PlaneTable {
    const table = this.#loaded.tables.get(name)
    if (table === undefined) throw missing(`table ${name}`)
    return table
  }

  /** First those that wait: one that moves meanwhile is there twice rather than not at all. */
  async *sessions(): AsyncGenerator<Entry> {
    yield* this.#moving.waiting(this.#loaded.tables)
    for (const name of ['sessions4', 'sessions6']) yield* this.table(name).entries()
  }

  async attach(name: string, index: number, role: Role): Promise<void> {
    const known = this.#links.get(name)
    if (known !== undefined && known.index === index) {
      if (known.role === role) return
      await this.#kernel.updateLink(known.descriptor, this.#program(role))
      this.#pins.replace(this.#pins.link(known.role, name), this.#pins.link(role, name))
      this.#links.set(name, { ...known, role })
      return
    }
    if (known !== undefined) await this.detach(name)
    const { descriptor, mode } = await this.#link(name, index, role)
    await this.#kernel.pin(descriptor, this.#pins.link(role, name))
    this.#links.set(name, { descriptor, index, role, mode })
  }

  async detach(name: string): Promise<void> {
    const link = this.#links.get(name)
    if (link === undefined) return
    this.#links.delete(name)
    this.#pins.remove(this.#pins.link(link.role, name))
    await this.#kernel.close(link.descriptor)
  }

  attached() {
    return this.#links
  }

  async setMirror(id: number, interfaces: readonly number[]): Promise<void> {
    const inner = this.#object.maps.find(({ name }) => name === 'mirrors')?.inner
    if (inner === undefined) throw missing('table mirrors')
    const map = await this.#kernel.createMap({ ...inner, name: `mirror_${id}` }, undefined, undefined)
    for (const [slot, index] of interfaces.entries()) await this.#kernel.setIn(map, u32(slot), u32(index))
    await this.table('mirrors').set(u32(id), u32(map))
    await this.#kernel.close(map)
  }

  async watchHeld(held: (frame: HeldFrame) => void): Promise<void> {
    const events = this.#loaded.tables.get('events')
    if (events === undefined) throw missing('table events')
    const result = await this.#kernel.helper.watchRing(events.descriptor, events.shape.maxEntries, (record) => {
      const frame = decodeHeld(record)
      if (frame !== undefined) held(frame)
    })
    if (result < 0) throw new KernelError('ring of held packets', -result)
  }

  async release({ frame, interfaceIndex }: HeldFrame): Promise<void> {
    const LIVE_FRAMES = 2
    const context = new Attr(24).u32(4, frame.length).u32(12, interfaceIndex)
    const attr = new Attr(80).u32(0, this.#program('sr_network')).u32(8, frame.length).u32(32, 1)
    attr.u32(40, context.bytes.length).u32(64, LIVE_FRAMES).u32(72, 1)
    const { result } = await this.#kernel.helper.bpf(Command.testRun, attr.bytes, [
      { at: 16, in: frame },
      { at: 48, in: context.bytes },
    ])
    if (result < 0) throw new KernelError('release of a held packet', -result)
  }

  async close(): Promise<void> {
    this.#moving.stop()
    await this.#moving.done
    await this.#kernel.helper.stop()
  }

  #program(name: string): Descriptor {
    const program = this.#loaded.programs.get(name)
    if (program === undefined) throw missing(`program ${name}`)
    return program
  }

  async #link(name: string, index: number, role: Role): Promise<{ descriptor: Descriptor; mode: XdpMode }> {
    const { mode, warn } = this.#options
    const program = this.#program(role)
    const wanted: XdpMode = mode === 'auto' ? 'native' : mode
    try {
      return { descriptor: await this.#kernel.linkXdp(program, index, wanted), mode: wanted }
    } catch (error) {
      if (mode !== 'auto' || !(error instanceof KernelError) || error.errno !== Errno.EOPNOTSUPP) throw error
      warn(`${name} has no XDP in its driver: packets go through the kernel's slow path there`)
      return { descriptor: await this.#kernel.linkXdp(program, index, 'generic'), mode: 'generic' }
    }
  }

  /** A new table of programs for the new programs; the old ones keep theirs until no packet is in them. */
  async #fillPrograms(): Promise<void> {
    const programs = this.#loaded.tables.get('programs')
    if (programs === undefined) throw missing('table programs')
    for (const [name, slot] of Object.entries(ProgramSlots)) {
      const program = this.#loaded.programs.get(name)
      if (program !== undefined) await programs.set(u32(slot), u32(program))
    }
    const fresh = this.#pins.map('programs_new')
    this.#pins.remove(fresh)
    await this.#kernel.pin(programs.descriptor, fresh)
  }

  /**
   * Links of an earlier run get the new programs, each between two packets. First where packets come back: what the old
   * programs learn is found by the new ones, and not the other way round.
   */
  async #takeOver(): Promise<void> {
    const linked = this.#pins.linked()
    const isBack = ({ role }: { readonly role: Role }): boolean => role === 'sr_return'
    for (const { role, name } of [...linked.filter(isBack), ...linked.filter((link) => !isBack(link))]) {
      const path = this.#pins.link(role, name)
      const descriptor = await this.#kernel.get(path)
      if (descriptor === undefined) continue
      const { interfaceIndex: index } = await this.#kernel.linkInfo(descriptor)
      if (index === 0) {
        // The interface has gone, and its link leads nowhere.
        this.#pins.remove(path)
        await this.#kernel.close(descriptor)
        continue
      }
      await this.#kernel.updateLink(descriptor, this.#program(role))
      this.#links.set(name, { descriptor, index, role, mode: 'kept' })
    }
    await new Promise((resolve) => setTimeout(resolve, GRACE_MS))
    this.#pins.replace(this.#pins.map('programs_new'), this.#pins.map('programs'))
  }
}

function isKept(spec: MapSpec): boolean {
  return !OF_THE_BUILD.has(spec.name) && spec.data === undefined
}

/** Looks at all of them before anything is done. */
async function pinnedMaps(
  kernel: Kernel,
  pins: Pins,
  moving: MovingSessions,
  options: XdpOptions,
): Promise<Map<string, Descriptor>> {
  const maps = new Map<string, Descriptor>()
  const wanted = options.object.maps
    .filter(isKept)
    .map((spec) => ({ ...spec, maxEntries: options.maxEntries.get(spec.name) ?? spec.maxEntries }))
  for (const spec of wanted) {
    const descriptor = await kernel.get(pins.map(spec.name))
    if (descriptor === undefined) continue
    const there = await kernel.mapInfo(descriptor)
    if (there.type !== spec.type || there.keySize !== spec.keySize || there.valueSize !== spec.valueSize) {
      throw otherShape(spec.name, 'another layout', pins)
    }
    if (MovingSessions.concerns(spec)) continue
    if (there.maxEntries !== spec.maxEntries && spec.type !== MapType.ringbuf)
      throw otherShape(spec.name, `${there.maxEntries} entries`, pins)
    maps.set(spec.name, descriptor)
  }
  for (const spec of wanted.filter((one) => MovingSessions.concerns(one))) {
    const descriptor = await moving.prepare(spec)
    if (descriptor !== undefined) maps.set(spec.name, descriptor)
  }
  return maps
}

function otherShape(name: string, what: string, pins: Pins): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'OTHER_TABLES',
    message: `the table ${name} in ${pins.maps} has ${what}`,
    hint: 'sr-proxy unload takes the tables and their sessions away; then run makes new ones',
  })
}

function missing(what: string): SegchainError {
  return new SegchainError({
    category: 'internal',
    code: 'BPF_OBJECT',
    message: `the compiled data plane has no ${what}`,
    hint: 'install the package again: its files are of two versions',
  })
}
