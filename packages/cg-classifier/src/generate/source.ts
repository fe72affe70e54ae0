import type { Packets } from './packet.js'
import type { Random } from './random.js'

/** A platform or an application: how one session of it is made. */
export interface Source {
  readonly name: string
  readonly class: 'cloud-gaming' | 'other'
  /** Mbit/s of the heavier direction, lowest and highest; drawn so that every octave is as likely. */
  readonly rates: readonly [number, number]
  /** Every number with where it is from. */
  readonly parameters: readonly string[]
  /** No application in particular: many profiles with wide ranges, for training. */
  readonly mixed?: true
  add(packets: Packets, random: Random, seconds: number, mbps: number): void
}
