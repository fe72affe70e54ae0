import { SegchainError } from '@segchain/records'
import type { Descriptor, Kernel } from '../bpf/kernel.js'
import { possibleCpus } from '../bpf/load.js'
import type { MapSpec } from '../bpf/map-spec.js'
import { type Entry, Table } from '../bpf/table.js'
import { lastSeen } from '../layout/session.js'
import { u32 } from '../layout/struct.js'
import type { Pins } from './pins.js'

/** A table of sessions, and where the data plane looks for those that it has not got yet. */
const BEFORE = { sessions4: 'before4', sessions6: 'before6' } as const
type SessionTable = keyof typeof BEFORE
const AT_ONCE = 1024
/** Of a smaller table: sessions are to have room that begin meanwhile. */
const FILLED = 7 / 8

interface Moving {
  readonly table: SessionTable
  readonly descriptor: Descriptor
  readonly spec: MapSpec
}

/**
 * Sessions on their way into tables of another size. The new programs look in the old table for what the new one does
 * not have, so that a packet that is inside a VNF finds its stack whenever it comes back; meanwhile all sessions are
 * written into the new one, or as many as it has room for: those used last. When this ends before they all have moved,
 * the next run goes on with it.
 */
export class MovingSessions {
  readonly #kernel: Kernel
  readonly #pins: Pins
  readonly #moving: Moving[] = []
  #stopped = false
  /** Settles when all sessions have moved, or {@link stop} was called. */
  done: Promise<void> = Promise.resolve()

  constructor(kernel: Kernel, pins: Pins) {
    this.#kernel = kernel
    this.#pins = pins
  }

  static concerns(spec: MapSpec): boolean {
    return spec.name in BEFORE
  }

  /**
   * Where a table of sessions is pinned whose size is not the one that is wanted, it gets another name.
   *
   * @param spec as it is wanted
   * @returns the table to be used; undefined: a new one is to be made
   * @throws {SegchainError} `usage`, `STILL_MOVING`: the size changes again before all sessions have moved
   */
  async prepare(spec: MapSpec): Promise<Descriptor | undefined> {
    const [path, old] = [this.#pins.map(spec.name), this.#pins.map(beforeName(spec))]
    let before = await this.#kernel.get(old)
    let now = await this.#kernel.get(path)
    if (now === undefined && before !== undefined) {
      // A run ended between the two names.
      this.#pins.replace(old, path)
      ;[now, before] = [before, undefined]
    }
    if (now === undefined) return undefined
    const { maxEntries } = await this.#kernel.mapInfo(now)
    if (maxEntries === spec.maxEntries) {
      if (before !== undefined) this.#remember(spec, before)
      return now
    }
    if (before !== undefined) throw stillMoving(spec.name, maxEntries)
    this.#pins.replace(path, old)
    this.#remember(spec, now)
    return undefined
  }

  #remember(spec: MapSpec, descriptor: Descriptor): void {
    this.#moving.push({ table: spec.name as SessionTable, descriptor, spec })
  }

  /** Before the new programs run. */
  async connect(tables: ReadonlyMap<string, Table>): Promise<void> {
    for (const { table, descriptor } of this.#moving) await tables.get(BEFORE[table])?.set(u32(0), u32(descriptor))
  }

  /** When no old program writes sessions any more. */
  start(tables: ReadonlyMap<string, Table>, warn: (message: string) => void): void {
    this.done = this.#moveAll(tables).catch((error: Error) => {
      if (!this.#stopped) warn(`sessions are not all moved, the next start goes on with it: ${error.message}`)
    })
  }

  /** Are there sessions that have not moved yet? */
  get active(): boolean {
    return this.#moving.length > 0
  }

  stop(): void {
    this.#stopped = true
  }

  /** Those that have not moved yet. One that moves meanwhile may be among them. */
  async *waiting(tables: ReadonlyMap<string, Table>): AsyncGenerator<Entry> {
    for (const { table, spec } of [...this.#moving]) {
      const to = tables.get(table)
      // A descriptor of our own: the other one may be closed meanwhile.
      const descriptor = await this.#kernel.get(this.#pins.map(beforeName(spec)))
      if (to === undefined || descriptor === undefined) continue
      try {
        const from = await this.#tableOf(spec, descriptor)
        for await (const some of chunks(from.entries())) {
          const moved = await Promise.all(some.map(({ key }) => to.get(key)))
          yield* some.filter((_, index) => moved[index] === undefined)
        }
      } finally {
        await this.#kernel.close(descriptor)
      }
    }
  }

  async #tableOf(spec: MapSpec, descriptor: Descriptor): Promise<Table> {
    const { maxEntries } = await this.#kernel.mapInfo(descriptor)
    return new Table(this.#kernel.helper, descriptor, { ...spec, maxEntries }, possibleCpus())
  }

  async #moveAll(tables: ReadonlyMap<string, Table>): Promise<void> {
    for (let next = this.#moving[0]; next !== undefined; next = this.#moving[0]) {
      const { table, descriptor, spec } = next
      const to = tables.get(table)
      if (to === undefined) return
      const from = await this.#tableOf(spec, descriptor)
      const fits = await thatFit(from, to)
      for await (const some of chunks(from.entries())) {
        if (this.#stopped) return
        await to.addAll(some.filter(fits))
      }
      await tables.get(BEFORE[table])?.delete(u32(0))
      this.#pins.remove(this.#pins.map(beforeName(spec)))
      await this.#kernel.close(descriptor)
      this.#moving.shift()
    }
  }
}

function beforeName({ name }: MapSpec): string {
  return `${name}_before`
}

/** Which sessions have room: all in a larger table, in a smaller one those that were used last. */
async function thatFit(from: Table, to: Table): Promise<(entry: Entry) => boolean> {
  if (to.shape.maxEntries >= from.shape.maxEntries) return () => true
  const byAge = new Map<number, number>()
  for await (const { value } of from.entries()) {
    const seen = lastSeen(value)
    byAge.set(seen, (byAge.get(seen) ?? 0) + 1)
  }
  let room = Math.floor(to.shape.maxEntries * FILLED)
  for (const seen of [...byAge.keys()].sort((a, b) => b - a)) {
    const sessions = byAge.get(seen) ?? 0
    if (sessions > room) return ({ value }) => lastSeen(value) > seen || (lastSeen(value) === seen && room-- > 0)
    room -= sessions
  }
  return () => true
}

async function* chunks(entries: AsyncIterable<Entry>): AsyncGenerator<Entry[]> {
  let some: Entry[] = []
  for await (const entry of entries) {
    some.push(entry)
    if (some.length < AT_ONCE) continue
    yield some
    some = []
  }
  yield some
}

function stillMoving(name: string, entries: number): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'STILL_MOVING',
    message: `sessions are still moving into ${name}, which has ${entries} entries`,
    hint: `start with sizes.sessions: ${entries} until GET /v1/info has no "movingSessions", then with another size`,
  })
}
