import type { Btf } from './btf.js'
import { type Elf, type ElfSymbol, EXECUTABLE, objectError, type Relocation, SymbolType } from './elf.js'
import { type FunctionInfo, readFunctionInfo } from './function-info.js'

/** A place in the instructions that wants the descriptor of a map. */
export interface MapReference {
  /** Number of the instruction (8 bytes each). */
  readonly instruction: number
  readonly map: string
  /** Into the value, of a reference to global data. */
  readonly offset?: number
}

/** A program with the functions that it calls put behind it; nothing live. */
export interface ProgramSpec {
  readonly name: string
  /** `xdp`, `tc`: says what it is. */
  readonly section: string
  readonly instructions: Buffer
  readonly maps: readonly MapReference[]
  /** `struct bpf_func_info` of every function; empty when the compiler left none. */
  readonly functions: readonly { readonly instruction: number; readonly type: number }[]
}

const CALL = 0x85
const LOAD_IMMEDIATE_64 = 0x18
const PSEUDO_CALL = 1
const PSEUDO_MAP_FD = 1
const PSEUDO_MAP_VALUE = 2
const PSEUDO_FUNC = 4

/** Every global function outside .text. Maps are named; `dataName` names the map of a section of global data. */
export function programSpecs(
  elf: Elf,
  btf: Btf | undefined,
  dataName: (section: number) => string | undefined,
): ProgramSpec[] {
  const info = readFunctionInfo(elf, btf)
  return elf.symbols
    .filter((symbol) => symbol.type === SymbolType.func && symbol.binding === 1)
    .filter((symbol) => isProgramSection(elf, symbol.section))
    .map((symbol) => new Linker(elf, dataName, info).link(symbol))
}

function isProgramSection(elf: Elf, index: number): boolean {
  const section = elf.sections[index]
  return section !== undefined && (section.flags & EXECUTABLE) !== 0 && section.name !== '.text'
}

/** Puts one program together. */
class Linker {
  readonly #elf: Elf
  readonly #dataName: (section: number) => string | undefined
  readonly #info: readonly FunctionInfo[]
  readonly #parts: Buffer[] = []
  readonly #maps: MapReference[] = []
  readonly #functions: { instruction: number; type: number }[] = []
  /** Where a function begins in the program, by section and offset. */
  readonly #placed = new Map<string, number>()
  readonly #calls: { instruction: number; target: string }[] = []
  #length = 0

  constructor(elf: Elf, dataName: (section: number) => string | undefined, info: readonly FunctionInfo[]) {
    this.#elf = elf
    this.#dataName = dataName
    this.#info = info
  }

  link(symbol: ElfSymbol): ProgramSpec {
    const todo = [symbol]
    for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
      if (!this.#placed.has(placeOf(next))) todo.push(...this.#place(next))
    }
    const instructions = Buffer.concat(this.#parts)
    for (const { instruction, target } of this.#calls) {
      const at = this.#placed.get(target)
      if (at === undefined) throw objectError(`${symbol.name} calls a function that is not there`)
      instructions.writeInt32LE(at - instruction - 1, instruction * 8 + 4)
    }
    return {
      name: symbol.name,
      section: this.#elf.sections[symbol.section]?.name ?? '',
      instructions,
      maps: this.#maps,
      functions: this.#functions,
    }
  }

  /** @returns the functions that it calls */
  #place(symbol: ElfSymbol): ElfSymbol[] {
    const section = this.#elf.sections[symbol.section]
    if (section === undefined) throw objectError(`${symbol.name} is in no section`)
    const code = Buffer.from(section.data.subarray(symbol.value, symbol.value + symbol.size))
    const start = this.#length
    this.#placed.set(placeOf(symbol), start)
    this.#parts.push(code)
    this.#length += code.length / 8
    const info = this.#info.find(({ section: name, offset }) => name === section.name && offset === symbol.value)
    if (info !== undefined) this.#functions.push({ instruction: start, type: info.type })
    const relocations = new Map(
      (this.#elf.relocations.get(section.index) ?? []).map((relocation) => [relocation.offset, relocation] as const),
    )
    const called: ElfSymbol[] = []
    for (let at = 0; at < code.length; at += 8) {
      const target = this.#relocate(code, at, start + at / 8, relocations.get(symbol.value + at), symbol)
      if (target !== undefined) called.push(target)
      if (code[at] === LOAD_IMMEDIATE_64) at += 8
    }
    return called
  }

  /** @returns the function that the instruction calls or points to */
  #relocate(
    code: Buffer,
    at: number,
    instruction: number,
    relocation: Relocation | undefined,
    from: ElfSymbol,
  ): ElfSymbol | undefined {
    const opcode = code.readUInt8(at)
    const source = code.readUInt8(at + 1) >> 4
    if (opcode === CALL && source === PSEUDO_CALL) {
      const addend = (code.readInt32LE(at + 4) + 1) * 8
      const section = relocation?.symbol.section ?? from.section
      const offset = relocation === undefined ? from.value + at + addend : relocation.symbol.value + addend
      return this.#callTo(instruction, section, offset)
    }
    if (relocation === undefined) return undefined
    if (opcode !== LOAD_IMMEDIATE_64) throw objectError(`${from.name} has a relocation of an unknown kind`)
    const { symbol } = relocation
    const section = this.#elf.sections[symbol.section]
    if (section === undefined) throw objectError(`${from.name} needs ${symbol.name}, which is not in the object`)
    if ((section.flags & EXECUTABLE) !== 0) {
      setSource(code, at, PSEUDO_FUNC)
      return this.#callTo(instruction, section.index, symbol.value + code.readInt32LE(at + 4))
    }
    if (section.name === '.maps') {
      setSource(code, at, PSEUDO_MAP_FD)
      this.#maps.push({ instruction, map: symbol.name })
      return undefined
    }
    const map = this.#dataName(section.index)
    if (map === undefined) throw objectError(`${from.name} needs ${section.name}`)
    setSource(code, at, PSEUDO_MAP_VALUE)
    this.#maps.push({ instruction, map, offset: symbol.value + code.readInt32LE(at + 4) })
    return undefined
  }

  #callTo(instruction: number, section: number, offset: number): ElfSymbol {
    const target = this.#elf.symbols.find(
      (symbol) => symbol.type === SymbolType.func && symbol.section === section && symbol.value === offset,
    )
    if (target === undefined) throw objectError(`a call leads to no function (section ${section}, offset ${offset})`)
    this.#calls.push({ instruction, target: placeOf(target) })
    return target
  }
}

function placeOf({ section, value }: ElfSymbol): string {
  return `${section}:${value}`
}

function setSource(code: Buffer, at: number, source: number): void {
  code.writeUInt8((code.readUInt8(at + 1) & 15) | (source << 4), at + 1)
}
