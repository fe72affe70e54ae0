import { objectError, textAt } from './elf.js'

/** A type of the BTF (Documentation/bpf/btf.rst), as far as maps need it. */
export interface BtfType {
  readonly name: string
  readonly kind: number
  /** Low bit of `info`'s vlen for FUNC is linkage; for the others the number of members. */
  readonly vlen: number
  /** Size in bytes, or the type that it refers to. */
  readonly sizeOrType: number
  /** Offset in the section of what follows the 12 bytes of every type. */
  readonly at: number
}

export interface BtfMember {
  readonly name: string
  readonly type: number
  readonly bitOffset: number
}

export const BtfKind = {
  int: 1,
  ptr: 2,
  array: 3,
  struct: 4,
  union: 5,
  enum: 6,
  fwd: 7,
  typedef: 8,
  volatile: 9,
  const: 10,
  restrict: 11,
  func: 12,
  funcProto: 13,
  var: 14,
  datasec: 15,
  float: 16,
  declTag: 17,
  typeTag: 18,
  enum64: 19,
} as const

const NAMELESS: ReadonlySet<number> = new Set([
  BtfKind.typedef,
  BtfKind.volatile,
  BtfKind.const,
  BtfKind.restrict,
  BtfKind.typeTag,
])

/** The types of a `.BTF` section. */
export class Btf {
  readonly bytes: Buffer
  readonly types: readonly (BtfType | undefined)[]
  readonly #strings: Buffer

  /** @param bytes the section; {@link sized} needs a copy that it may change. */
  constructor(bytes: Buffer) {
    if (bytes.length < 24 || bytes.readUInt16LE(0) !== 0xeb9f) throw objectError('its BTF has no header')
    this.bytes = bytes
    const head = bytes.readUInt32LE(4)
    const start = head + bytes.readUInt32LE(8)
    const end = start + bytes.readUInt32LE(12)
    const strings = head + bytes.readUInt32LE(16)
    this.#strings = bytes.subarray(strings, strings + bytes.readUInt32LE(20))
    const types: (BtfType | undefined)[] = [undefined]
    for (let at = start; at < end; ) {
      const info = bytes.readUInt32LE(at + 4)
      const type = {
        name: textAt(this.#strings, bytes.readUInt32LE(at)),
        kind: (info >>> 24) & 31,
        vlen: info & 0xffff,
        sizeOrType: bytes.readUInt32LE(at + 8),
        at: at + 12,
      }
      types.push(type)
      at += 12 + bytesBehind(type)
    }
    this.types = types
  }

  type(id: number): BtfType {
    const type = this.types[id]
    if (type === undefined) throw objectError(`its BTF has no type ${id}`)
    return type
  }

  text(offset: number): string {
    return textAt(this.#strings, offset)
  }

  /** Without typedef, const and the like. */
  resolve(id: number): { id: number; type: BtfType } {
    let at = id
    for (let depth = 0; depth < 32; depth++) {
      const type = this.type(at)
      if (!NAMELESS.has(type.kind)) return { id: at, type }
      at = type.sizeOrType
    }
    throw objectError('its BTF goes in a circle')
  }

  members(type: BtfType): BtfMember[] {
    return Array.from({ length: type.vlen }, (_, index) => {
      const at = type.at + index * 12
      return {
        name: this.text(this.bytes.readUInt32LE(at)),
        type: this.bytes.readUInt32LE(at + 4),
        bitOffset: this.bytes.readUInt32LE(at + 8) & 0xff_ffff,
      }
    })
  }

  /** Element type and number of elements. */
  array(type: BtfType): { element: number; count: number } {
    return { element: this.bytes.readUInt32LE(type.at), count: this.bytes.readUInt32LE(type.at + 8) }
  }

  /** Variables of a DATASEC: id of the VAR, and where its offset stands. */
  variables(type: BtfType): { readonly id: number; readonly at: number }[] {
    return Array.from({ length: type.vlen }, (_, index) => {
      const at = type.at + index * 12
      return { id: this.bytes.readUInt32LE(at), at }
    })
  }

  sizeOf(id: number): number {
    const { type } = this.resolve(id)
    if (type.kind === BtfKind.ptr) return 8
    if (type.kind !== BtfKind.array) return type.sizeOrType
    const { element, count } = this.array(type)
    return count * this.sizeOf(element)
  }
}

function bytesBehind({ kind, vlen }: BtfType): number {
  switch (kind) {
    case BtfKind.int:
    case BtfKind.var:
    case BtfKind.declTag:
      return 4
    case BtfKind.array:
      return 12
    case BtfKind.struct:
    case BtfKind.union:
    case BtfKind.datasec:
    case BtfKind.enum64:
      return vlen * 12
    case BtfKind.enum:
    case BtfKind.funcProto:
      return vlen * 8
    default:
      return 0
  }
}
