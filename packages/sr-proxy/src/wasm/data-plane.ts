import type { Exports } from './exports.js'
import { MemoryTable } from './memory-table.js'
import { instantiate } from './web-assembly.js'

/** A frame at a door of the data plane. */
export interface Arrival {
  readonly bytes: Uint8Array
  readonly interfaceIndex: number
  /** The interface has a VNF behind it (program sr_return); else it is towards the network (sr_network). */
  readonly fromVnf: boolean
}

export type Verdict = 'aborted' | 'drop' | 'pass' | 'transmit' | 'redirect'
const VERDICTS: readonly Verdict[] = ['aborted', 'drop', 'pass', 'transmit', 'redirect']

/** What became of a frame. */
export interface Outcome {
  /** `transmit`: back out of the interface that it came in by. */
  readonly verdict: Verdict
  /** As it leaves. */
  readonly bytes: Buffer
  /** Where it goes, of `redirect`. */
  readonly interfaceIndex?: number
  /** It goes to all devices of this mirror, of `redirect`. */
  readonly mirror?: number
  readonly held?: Held
}

/** DELAY: a frame that waits for the controller's answer. */
export interface Held {
  readonly service: number
  readonly interfaceIndex: number
  readonly frame: Buffer
}

const HELD_HEADER = 16

/** The C data plane in WebAssembly: no root, no kernel, one frame at a time. */
export class WasmDataPlane {
  readonly tables: ReadonlyMap<string, MemoryTable>
  readonly #exports: Exports

  private constructor(exports: Exports) {
    this.#exports = exports
    exports.start()
    const tables = Array.from({ length: exports.tableCount() }, (_, index) => new MemoryTable(exports, index))
    this.tables = new Map(tables.map((table) => [table.name, table]))
  }

  /** @param code bpf/objects/sr-proxy.wasm */
  static async create(code: Uint8Array<ArrayBuffer>): Promise<WasmDataPlane> {
    const { instance } = await instantiate(code)
    return new WasmDataPlane(instance.exports as Exports)
  }

  /** @throws RangeError when tables.h has no such table */
  table(name: string): MemoryTable {
    const table = this.tables.get(name)
    if (table === undefined) throw new RangeError(`no table ${name}`)
    return table
  }

  /** CLOCK_MONOTONIC of the data plane, in ns: sessions age by it. */
  setClock(nanoseconds: number): void {
    this.#exports.setClock(nanoseconds)
  }

  run({ bytes, interfaceIndex, fromVnf }: Arrival): Outcome {
    const exports = this.#exports
    new Uint8Array(exports.memory.buffer).set(bytes.subarray(0, exports.roomSize()), exports.room())
    const code = exports.run(fromVnf ? 1 : 0, Math.min(bytes.length, exports.roomSize()), interfaceIndex)
    const verdict = VERDICTS[code] ?? 'aborted'
    const left = Buffer.from(new Uint8Array(exports.memory.buffer, exports.data(), exports.length()))
    const to =
      verdict !== 'redirect' ? {} : exports.tx() === 0 ? { mirror: exports.mirror() } : { interfaceIndex: exports.tx() }
    const held = this.#held()
    return { verdict, bytes: left, ...to, ...(held === undefined ? {} : { held }) }
  }

  #held(): Held | undefined {
    const at = this.#exports.takeHeld()
    if (at === 0) return undefined
    const head = Buffer.from(new Uint8Array(this.#exports.memory.buffer, at, HELD_HEADER))
    const length = head.readUInt32LE(12)
    return {
      service: head.readUInt32LE(4),
      interfaceIndex: head.readUInt32LE(8),
      frame: Buffer.from(new Uint8Array(this.#exports.memory.buffer, at + HELD_HEADER, length)),
    }
  }
}
