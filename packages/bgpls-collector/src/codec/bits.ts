import { exact } from './lists.js'
import type { ByteReader } from './reader.js'
import type { ByteWriter } from './writer.js'

/** Names of the bits of a flags field, the most significant first. A gap is a bit without a name. */
export type FlagNames = readonly (string | undefined)[]

/** Of a field in which no bit has a name. */
export const NO_NAMES: FlagNames = []

/** Lists that were made before, by the names and the value of a byte. */
const known = new WeakMap<FlagNames, string[][]>()

/**
 * The names of the bits that are set; `bit-N` (0 = most significant) where there is no name. Nobody may change the list:
 * all the records with the same flags share it.
 */
export function flagsOf(value: number, names: FlagNames, width = 8): string[] {
  if (width !== 8) return readFlags(value, names, width)
  let lists = known.get(names)
  if (lists === undefined) {
    lists = Array.from({ length: 256 }, (_, byte) => readFlags(byte, names, 8))
    known.set(names, lists)
  }
  return lists[value] ?? readFlags(value, names, 8)
}

function readFlags(value: number, names: FlagNames, width: number): string[] {
  const flags: string[] = []
  for (let bit = 0; bit < width; bit++) {
    if (((value >>> (width - 1 - bit)) & 1) === 1) flags.push(names[bit] ?? `bit-${bit}`)
  }
  return flags
}

/** The opposite of {@link flagsOf}. A flag that has no bit in this field is left out. */
export function flagBits(flags: readonly string[] | undefined, names: FlagNames, width = 8): number {
  let value = 0
  for (const flag of flags ?? []) {
    const named = names.indexOf(flag)
    const bit = named >= 0 ? named : bitNumber(flag)
    if (bit < width) value |= 1 << (width - 1 - bit)
  }
  return value >>> 0
}

function bitNumber(flag: string): number {
  const digits = /^bit-([0-9]{1,3})$/.exec(flag)?.[1]
  return digits === undefined ? Number.POSITIVE_INFINITY : Number(digits)
}

/**
 * Bit positions of an (extended) administrative group: groups of 32 bits, the least significant bit
 * of the first group is position 0 (RFC 7308 §2.1).
 */
export function readAdminGroups(reader: ByteReader): number[] {
  const groups: number[] = []
  for (let word = 0; reader.left > 0; word++) {
    const bits = reader.u32()
    for (let bit = 0; bit < 32; bit++) {
      if (((bits >>> bit) & 1) === 1) groups.push(word * 32 + bit)
    }
  }
  return exact(groups)
}

/** @param words how many 32-bit words to write at least. */
export function writeAdminGroups(writer: ByteWriter, groups: readonly number[], words = 1): void {
  const count = Math.max(words, ...groups.map((group) => Math.floor(group / 32) + 1))
  const bits = new Array<number>(count).fill(0)
  for (const group of groups) {
    const word = Math.floor(group / 32)
    bits[word] = (bits[word] ?? 0) | (1 << (group % 32))
  }
  for (const word of bits) writer.u32(word)
}
