import type { DropReason } from '../../src/drop-reasons.js'
import type { Settings } from '../../src/tables/image.js'
import type { Tables } from '../../src/tables/schema.js'
import type { InterfaceName } from '../runtimes/interfaces.js'

/** What is to become of a frame. */
export type Expected =
  | { readonly drop: DropReason }
  /** To the kernel, as these bytes. */
  | { readonly pass: Buffer }
  /** Out of this interface, as these bytes. */
  | { readonly out: InterfaceName; readonly frame: Buffer }
  /** Back out of the interface that it came in by. */
  | { readonly back: Buffer }
  /** To the monitor and on, as these bytes. */
  | { readonly mirrored: Buffer }
  /** To the controller, as these bytes. */
  | { readonly held: Buffer }

export interface Step {
  /** An interface with a VNF behind it, or one towards the network. */
  readonly from: InterfaceName
  readonly frame: Buffer
  readonly expect: Expected
  /** Other tables before this step; sessions live on. */
  readonly change?: Tables
}

export interface Case {
  readonly name: string
  readonly tables: Tables
  readonly settings?: Partial<Settings>
  readonly steps: readonly Step[]
  /** Packets at the end: by name in src/daemon/stats.ts. */
  readonly stats?: Readonly<Record<string, number>>
}
