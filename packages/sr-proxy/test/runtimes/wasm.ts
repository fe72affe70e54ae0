import type { Entry } from '../../src/bpf/table.js'
import { u32 } from '../../src/layout/struct.js'
import type { Image } from '../../src/tables/image.js'
import type { Arrival, Outcome, WasmDataPlane } from '../../src/wasm/data-plane.js'
import { loadWasm } from '../../src/wasm/load.js'
import type { Count, Runtime } from './runtime.js'

/** A new instance for each case: nothing is left of the one before. */
export class WasmRuntime implements Runtime {
  #plane: WasmDataPlane | undefined
  readonly #limits: Readonly<Record<string, number>>

  /** @param limits entries of tables at most */
  constructor(limits: Readonly<Record<string, number>> = {}) {
    this.#limits = limits
  }

  async begin(image: Image): Promise<void> {
    this.#plane = await loadWasm()
    for (const [name, entries] of Object.entries(this.#limits)) this.#plane.table(name).limit(entries)
    await this.change(image)
  }

  async change(image: Image): Promise<void> {
    const put = (table: string, entries: readonly Entry[]): void => {
      for (const { key, value } of entries) this.#now().table(table).set(key, value)
    }
    for (const { table, entries } of image.arrays) put(table, entries)
    for (const table of ['labels', 'ports', 'services'] as const) put(table, image.generational[table])
    this.#now().table('config').set(u32(0), image.config)
  }

  async run(arrival: Arrival): Promise<Outcome> {
    return this.#now().run(arrival)
  }

  async count(table: string, index: number): Promise<Count> {
    const value = this.#now().table(table).get(u32(index))
    return { packets: Number(value?.readBigUInt64LE(0) ?? 0n), bytes: Number(value?.readBigUInt64LE(8) ?? 0n) }
  }

  /** CLOCK_MONOTONIC of the data plane. */
  setClock(seconds: number): void {
    this.#now().setClock(seconds * 1e9)
  }

  /** How many entries a table has. */
  size(table: string): number {
    return [...this.#now().table(table).entries()].length
  }

  async close(): Promise<void> {}

  #now(): WasmDataPlane {
    if (this.#plane === undefined) throw new Error('begin comes first')
    return this.#plane
  }
}
