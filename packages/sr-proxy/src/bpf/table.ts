import { Attr, Command, isPerCpu, takesBatches } from './attr.js'
import { Errno, KernelError } from './errno.js'
import { MAX_REQUEST } from './frames.js'
import type { Helper } from './helper-process.js'
import type { Descriptor } from './kernel.js'

export interface Entry {
  readonly key: Buffer
  /** Of a per-CPU map: a value for each possible CPU, one after the other. */
  readonly value: Buffer
}

export interface TableShape {
  readonly name: string
  readonly type: number
  readonly keySize: number
  readonly valueSize: number
  readonly maxEntries: number
}

const DELETED_AT_ONCE = 65_536
/** BPF_NOEXIST */
const NO_EXIST = 1n

/** A map of the kernel, by key and value. */
export class Table {
  readonly descriptor: Descriptor
  readonly shape: TableShape
  readonly #helper: Helper
  /** Bytes of a value as bpf(2) hands it over. */
  readonly #valueBytes: number

  constructor(helper: Helper, descriptor: Descriptor, shape: TableShape, cpus: number) {
    this.#helper = helper
    this.descriptor = descriptor
    this.shape = shape
    this.#valueBytes = isPerCpu(shape.type) ? ((shape.valueSize + 7) & ~7) * cpus : shape.valueSize
  }

  async get(key: Buffer): Promise<Buffer | undefined> {
    const attr = new Attr(32).u32(0, this.descriptor)
    const { result, out } = await this.#helper.bpf(Command.mapLookup, attr.bytes, [
      { at: 8, in: key },
      { at: 16, out: this.#valueBytes },
    ])
    if (result === -Errno.ENOENT) return undefined
    if (result < 0) throw this.#error('look-up', result)
    return out[1]
  }

  async set(key: Buffer, value: Buffer): Promise<void> {
    const attr = new Attr(32).u32(0, this.descriptor)
    const { result } = await this.#helper.bpf(Command.mapUpdate, attr.bytes, [
      { at: 8, in: key },
      { at: 16, in: value },
    ])
    if (result < 0) throw this.#error('update', result)
  }

  /** @returns whether it was there */
  async delete(key: Buffer): Promise<boolean> {
    const attr = new Attr(32).u32(0, this.descriptor)
    const { result } = await this.#helper.bpf(Command.mapDelete, attr.bytes, [{ at: 8, in: key }])
    if (result === -Errno.ENOENT) return false
    if (result < 0) throw this.#error('delete', result)
    return true
  }

  /** Many at once; each entry by itself is written as a whole, all of them together are not. */
  async setAll(entries: readonly Entry[]): Promise<void> {
    if (!takesBatches(this.shape.type)) {
      for (const { key, value } of entries) await this.set(key, value)
      return
    }
    for (const part of this.#parts(entries)) {
      await this.#batch(Command.mapUpdateBatch, 'update', part.length, [
        { at: 16, in: Buffer.concat(part.map(({ key }) => key)) },
        { at: 24, in: Buffer.concat(part.map(({ value }) => value)) },
      ])
    }
  }

  /** As {@link setAll}, but what is there stays as it is. The kernel has no batches for that. */
  async addAll(entries: readonly Entry[]): Promise<void> {
    await Promise.all(entries.map(({ key, value }) => this.#add(key, value)))
  }

  async #add(key: Buffer, value: Buffer): Promise<void> {
    const attr = new Attr(32).u32(0, this.descriptor).u64(24, NO_EXIST)
    const { result } = await this.#helper.bpf(Command.mapUpdate, attr.bytes, [
      { at: 8, in: key },
      { at: 16, in: value },
    ])
    if (result < 0 && result !== -Errno.EEXIST) throw this.#error('update', result)
  }

  /** Keys that are not there are passed over. */
  async deleteAll(keys: readonly Buffer[]): Promise<void> {
    if (!takesBatches(this.shape.type)) {
      for (const key of keys) await this.delete(key)
      return
    }
    for (let at = 0; at < keys.length; ) {
      const part = keys.slice(at, at + DELETED_AT_ONCE)
      const attr = new Attr(56).u32(32, part.length).u32(36, this.descriptor)
      const buffers = [{ at: 16, in: Buffer.concat(part) }]
      const { result, attr: after } = await this.#helper.bpf(Command.mapDeleteBatch, attr.bytes, buffers)
      if (result < 0 && result !== -Errno.ENOENT) throw this.#error('delete', result)
      // It stops at a key that is not there, and says how many it has done.
      at += result < 0 ? Math.min(after.readUInt32LE(32), part.length - 1) + 1 : part.length
    }
  }

  get valueSize(): number {
    return isPerCpu(this.shape.type) ? (this.shape.valueSize + 7) & ~7 : this.shape.valueSize
  }

  /** Every entry; what changes meanwhile may be there twice or not at all. */
  async *entries(): AsyncGenerator<Entry> {
    const room = Math.max(1, Math.min(4096, Math.floor(MAX_REQUEST / 2 / this.#valueBytes)))
    const token = Math.max(8, this.shape.keySize)
    let from: Buffer | undefined
    for (let wanted = room; ; ) {
      const attr = new Attr(56).u32(32, wanted).u32(36, this.descriptor)
      const {
        result,
        attr: after,
        out,
      } = await this.#helper.bpf(Command.mapLookupBatch, attr.bytes, [
        ...(from === undefined ? [] : [{ at: 0, in: from }]),
        { at: 8, out: token },
        { at: 16, out: wanted * this.shape.keySize },
        { at: 24, out: wanted * this.#valueBytes },
      ])
      const [values, keys, next] = out.slice().reverse()
      // A bucket that holds more than there is room for.
      if (result === -Errno.ENOSPC && wanted < room * 64) {
        wanted *= 4
        continue
      }
      if (result < 0 && result !== -Errno.ENOENT) throw this.#error('dump', result)
      const count = after.readUInt32LE(32)
      for (let index = 0; index < count && keys !== undefined && values !== undefined; index++) {
        yield {
          key: keys.subarray(index * this.shape.keySize, (index + 1) * this.shape.keySize),
          value: values.subarray(index * this.#valueBytes, (index + 1) * this.#valueBytes),
        }
      }
      if (result === -Errno.ENOENT || next === undefined) return
      from = next
    }
  }

  /** So many as one request has room for. */
  *#parts(entries: readonly Entry[]): Generator<readonly Entry[]> {
    const room = Math.max(1, Math.floor((MAX_REQUEST - 1024) / (this.shape.keySize + this.#valueBytes)))
    for (let at = 0; at < entries.length; at += room) yield entries.slice(at, at + room)
  }

  async #batch(
    command: number,
    what: string,
    count: number,
    buffers: readonly { readonly at: number; readonly in: Buffer }[],
  ): Promise<void> {
    const attr = new Attr(56).u32(32, count).u32(36, this.descriptor)
    const { result } = await this.#helper.bpf(command, attr.bytes, buffers)
    if (result < 0) throw this.#error(what, result)
  }

  #error(what: string, result: number): KernelError {
    return new KernelError(`table ${this.shape.name}: ${what}`, -result)
  }
}
