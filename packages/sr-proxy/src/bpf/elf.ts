import { SegchainError } from '@segchain/records'

/** A section of an ELF file. */
export interface Section {
  readonly index: number
  readonly name: string
  readonly type: number
  readonly flags: number
  readonly size: number
  readonly link: number
  readonly info: number
  /** Empty for what has no bytes in the file (.bss). */
  readonly data: Buffer
}

export interface ElfSymbol {
  readonly name: string
  readonly type: number
  /** STB_LOCAL 0, STB_GLOBAL 1. */
  readonly binding: number
  readonly section: number
  readonly value: number
  readonly size: number
}

/** Where a word of a section depends on a symbol. */
export interface Relocation {
  readonly offset: number
  readonly type: number
  readonly symbol: ElfSymbol
}

export interface Elf {
  readonly sections: readonly Section[]
  readonly symbols: readonly ElfSymbol[]
  /** By index of the section that they change. */
  readonly relocations: ReadonlyMap<number, readonly Relocation[]>
}

export const SectionType = { progbits: 1, symtab: 2, nobits: 8, rel: 9 } as const
export const SymbolType = { object: 1, func: 2, section: 3 } as const
export const EXECUTABLE = 4

const EM_BPF = 247

/**
 * An ELF object for BPF, 64 bits, little-endian.
 *
 * @throws {SegchainError} `data`, `BPF_OBJECT`; RangeError where an offset leads out of it
 */
export function parseElf(file: Buffer): Elf {
  if (file.length < 64 || file.readUInt32BE(0) !== 0x7f454c46) throw objectError('it is no ELF file')
  if (file[4] !== 2 || file[5] !== 1 || file.readUInt16LE(18) !== EM_BPF)
    throw objectError('it is no little-endian BPF object')
  const table = Number(file.readBigUInt64LE(40))
  const entry = file.readUInt16LE(58)
  const count = file.readUInt16LE(60)
  const raw = Array.from({ length: count }, (_, index) => readHeader(file, table + index * entry))
  const names = raw[file.readUInt16LE(62)]
  if (names === undefined) throw objectError('it has no names of sections')
  const bytesOf = (header: Header): Buffer => {
    if (header.type === SectionType.nobits) return Buffer.alloc(0)
    if (header.offset + header.size > file.length) throw objectError('a section is cut off')
    return file.subarray(header.offset, header.offset + header.size)
  }
  const strings = bytesOf(names)
  const sections = raw.map((header, index): Section => {
    return { ...header, index, name: textAt(strings, header.name), data: bytesOf(header) }
  })
  const symbols = readSymbols(sections)
  return { sections, symbols, relocations: readRelocations(sections, symbols) }
}

type Header = ReturnType<typeof readHeader>

function readHeader(file: Buffer, at: number) {
  return {
    name: file.readUInt32LE(at),
    type: file.readUInt32LE(at + 4),
    flags: Number(file.readBigUInt64LE(at + 8)),
    offset: Number(file.readBigUInt64LE(at + 24)),
    size: Number(file.readBigUInt64LE(at + 32)),
    link: file.readUInt32LE(at + 40),
    info: file.readUInt32LE(at + 44),
  }
}

function readSymbols(sections: readonly Section[]): ElfSymbol[] {
  const table = sections.find(({ type }) => type === SectionType.symtab)
  const strings = sections[table?.link ?? -1]?.data
  if (table === undefined || strings === undefined) throw objectError('it has no symbols')
  return Array.from({ length: Math.floor(table.size / 24) }, (_, index) => {
    const at = index * 24
    const info = table.data.readUInt8(at + 4)
    return {
      name: textAt(strings, table.data.readUInt32LE(at)),
      type: info & 15,
      binding: info >> 4,
      section: table.data.readUInt16LE(at + 6),
      value: Number(table.data.readBigUInt64LE(at + 8)),
      size: Number(table.data.readBigUInt64LE(at + 16)),
    }
  })
}

function readRelocations(sections: readonly Section[], symbols: readonly ElfSymbol[]): Map<number, Relocation[]> {
  const result = new Map<number, Relocation[]>()
  for (const { type, data, info } of sections) {
    if (type !== SectionType.rel) continue
    const list = Array.from({ length: Math.floor(data.length / 16) }, (_, index): Relocation => {
      const symbol = symbols[data.readUInt32LE(index * 16 + 12)]
      if (symbol === undefined) throw objectError('a relocation is to no symbol')
      return { offset: Number(data.readBigUInt64LE(index * 16)), type: data.readUInt32LE(index * 16 + 8), symbol }
    })
    result.set(info, [...(result.get(info) ?? []), ...list])
  }
  return result
}

export function textAt(strings: Buffer, offset: number): string {
  const end = strings.indexOf(0, offset)
  return strings.toString('utf8', offset, end < 0 ? strings.length : end)
}

export function objectError(message: string): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'BPF_OBJECT',
    message: `not a BPF object that can be loaded: ${message}`,
    hint: 'objects of another build or compiler: install the package again',
  })
}
