import { SegchainError } from '@segchain/records'
import type { Exports } from './exports.js'

/** A table of the data plane in WebAssembly: the same keys and values as the kernel's map of that name. */
export class MemoryTable {
  readonly name: string
  readonly keySize: number
  readonly valueSize: number
  readonly #exports: Exports
  readonly #index: number

  constructor(exports: Exports, index: number) {
    this.#exports = exports
    this.#index = index
    this.name = textAt(exports, exports.tableTitle(index))
    this.keySize = exports.keySize(index)
    this.valueSize = exports.valueSize(index)
  }

  get maxEntries(): number {
    return this.#exports.entryLimit(this.#index)
  }

  /** @returns whether it could be set: before the first entry only */
  limit(entries: number): boolean {
    return this.#exports.setLimit(this.#index, entries) === 0
  }

  /** @throws {SegchainError} `data`, `TABLE_FULL`: full, or an index that the table does not have */
  set(key: Uint8Array, value: Uint8Array): void {
    const at = this.#place(key)
    new Uint8Array(this.#exports.memory.buffer).set(value.subarray(0, this.valueSize), at + 64)
    if (this.#exports.update(this.#index, at, at + 64) === 0) return
    throw new SegchainError({
      category: 'data',
      code: 'TABLE_FULL',
      message: `table ${this.name} has no room for another entry (${this.maxEntries})`,
    })
  }

  get(key: Uint8Array): Buffer | undefined {
    const found = this.#exports.lookup(this.#index, this.#place(key))
    return found === 0 ? undefined : this.#copy(found, this.valueSize)
  }

  /** @returns whether it was there */
  delete(key: Uint8Array): boolean {
    return this.#exports.remove(this.#index, this.#place(key)) === 0
  }

  /** Of an array: every index, also those that nobody has set. */
  *entries(): Generator<{ readonly key: Buffer; readonly value: Buffer }> {
    for (let place = 0; place < this.maxEntries; place++) {
      const found = this.#exports.valueAt(this.#index, place)
      if (found === 0) continue
      const key = this.#exports.lastKey()
      const value = this.#copy(found, this.valueSize)
      yield { key: key === 0 ? indexKey(place) : this.#copy(key, this.keySize), value }
    }
  }

  /** Keys and values of calls lie where frames lie between two runs. */
  #place(key: Uint8Array): number {
    const at = (this.#exports.room() + 7) & ~7
    new Uint8Array(this.#exports.memory.buffer).set(key.subarray(0, this.keySize), at)
    return at
  }

  #copy(at: number, length: number): Buffer {
    return Buffer.from(new Uint8Array(this.#exports.memory.buffer, at, length))
  }
}

function indexKey(index: number): Buffer {
  const key = Buffer.alloc(4)
  key.writeUInt32LE(index)
  return key
}

function textAt(exports: Exports, at: number): string {
  const bytes = new Uint8Array(exports.memory.buffer, at)
  return Buffer.from(bytes.subarray(0, bytes.indexOf(0))).toString('latin1')
}
