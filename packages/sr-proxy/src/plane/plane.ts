import type { Entry } from '../bpf/table.js'

/** A table of the data plane; the kernel's or one in memory. */
export interface PlaneTable {
  get(key: Buffer): Promise<Buffer | undefined>
  set(key: Buffer, value: Buffer): Promise<void>
  setAll(entries: readonly Entry[]): Promise<void>
  delete(key: Buffer): Promise<boolean>
  /** Keys that are not there are passed over. */
  deleteAll(keys: readonly Buffer[]): Promise<void>
  entries(): AsyncIterable<Entry>
  /** Bytes of one CPU's value, of a per-CPU table. */
  readonly valueSize: number
}

/** What runs on an interface. */
export type Role = 'sr_network' | 'sr_return'

/** A frame that DELAY holds. */
export interface HeldFrame {
  /** Number of the ServiceID. */
  readonly service: number
  readonly interfaceIndex: number
  readonly frame: Buffer
}

/** The data plane as the daemon sees it: tables, interfaces, held packets. */
export interface Plane {
  readonly runtime: 'xdp' | 'memory'
  /** Lines of `session_lines4`. */
  readonly sessionLines?: number
  /** Sessions are on their way into tables of another size. */
  readonly movingSessions?: boolean
  table(name: string): PlaneTable
  /** Every session, of both address families, those that are on their way too. */
  sessions(): AsyncIterable<Entry>
  /** Runs the role's program there from now on, in place of what we ran there before. */
  attach(interfaceName: string, interfaceIndex: number, role: Role): Promise<void>
  detach(interfaceName: string): Promise<void>
  /** Interfaces where a program of ours runs. */
  attached(): ReadonlyMap<string, { readonly index: number; readonly role: Role; readonly mode: string }>
  setMirror(id: number, interfaces: readonly number[]): Promise<void>
  /** Each held frame, from now on. */
  watchHeld(held: (frame: HeldFrame) => void): Promise<void>
  /** Puts a held frame back in where it came from. */
  release(frame: HeldFrame): Promise<void>
  /** The data plane goes on without us. */
  close(): Promise<void>
}
