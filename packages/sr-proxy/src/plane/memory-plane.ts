import type { Entry } from '../bpf/table.js'
import type { HeldFrame, Plane, PlaneTable, Role } from './plane.js'

/** Tables without packets: what the daemon does can be tried without root, on any system. */
export class MemoryPlane implements Plane {
  readonly runtime = 'memory'
  readonly released: HeldFrame[] = []
  readonly #tables = new Map<string, MemoryTable>()
  readonly #attached = new Map<string, { index: number; role: Role; mode: string }>()
  #held: (frame: HeldFrame) => void = () => undefined

  table(name: string): MemoryTable {
    let table = this.#tables.get(name)
    if (table === undefined) {
      table = new MemoryTable()
      this.#tables.set(name, table)
    }
    return table
  }

  async *sessions(): AsyncGenerator<Entry> {
    for (const name of ['sessions4', 'sessions6']) yield* this.table(name).entries()
  }

  async attach(interfaceName: string, index: number, role: Role): Promise<void> {
    this.#attached.set(interfaceName, { index, role, mode: 'memory' })
  }

  async detach(interfaceName: string): Promise<void> {
    this.#attached.delete(interfaceName)
  }

  attached() {
    return this.#attached
  }

  async setMirror(): Promise<void> {}

  async watchHeld(held: (frame: HeldFrame) => void): Promise<void> {
    this.#held = held
  }

  /** As if the data plane held this frame. */
  hold(frame: HeldFrame): void {
    this.#held(frame)
  }

  async release(frame: HeldFrame): Promise<void> {
    this.released.push(frame)
  }

  async close(): Promise<void> {}
}

class MemoryTable implements PlaneTable {
  readonly valueSize = 16
  readonly #entries = new Map<string, Buffer>()

  async get(key: Buffer): Promise<Buffer | undefined> {
    return this.#entries.get(key.toString('hex'))
  }

  async set(key: Buffer, value: Buffer): Promise<void> {
    this.#entries.set(key.toString('hex'), Buffer.from(value))
  }

  async setAll(entries: readonly Entry[]): Promise<void> {
    for (const { key, value } of entries) await this.set(key, value)
  }

  async delete(key: Buffer): Promise<boolean> {
    return this.#entries.delete(key.toString('hex'))
  }

  async deleteAll(keys: readonly Buffer[]): Promise<void> {
    for (const key of keys) await this.delete(key)
  }

  async *entries(): AsyncGenerator<Entry> {
    for (const [key, value] of this.#entries) yield { key: Buffer.from(key, 'hex'), value }
  }
}
