import type { WebAssemblyMemory } from './web-assembly.js'

/** What bpf/src/plain.c exports. Pointers are offsets in `memory`; 0 is none. */
export interface Exports {
  readonly memory: WebAssemblyMemory
  readonly start: () => void
  readonly tableCount: () => number
  readonly tableTitle: (table: number) => number
  readonly keySize: (table: number) => number
  readonly valueSize: (table: number) => number
  readonly entryLimit: (table: number) => number
  readonly setLimit: (table: number, limit: number) => number
  readonly update: (table: number, key: number, value: number) => number
  readonly lookup: (table: number, key: number) => number
  readonly remove: (table: number, key: number) => number
  readonly valueAt: (table: number, place: number) => number
  readonly lastKey: () => number
  readonly clear: () => void
  readonly room: () => number
  readonly roomSize: () => number
  readonly setClock: (nanoseconds: number) => void
  readonly run: (fromVnf: number, length: number, interfaceIndex: number) => number
  readonly data: () => number
  readonly length: () => number
  readonly tx: () => number
  readonly mirror: () => number
  readonly takeHeld: () => number
}
