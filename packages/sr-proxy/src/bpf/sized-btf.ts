import { type Btf, BtfKind, type BtfType } from './btf.js'
import type { Elf } from './elf.js'

/**
 * The BTF as the kernel takes it. The compiler leaves the sizes of sections and the offsets of variables in
 * them open (0): they stand in the ELF file. It also names constants in `.rodata` that it has put elsewhere, or
 * nowhere: those rows are left out, and so is a section that is not in the file.
 */
export function sizedBtf(btf: Btf, elf: Elf): Buffer {
  const head = btf.bytes.readUInt32LE(4)
  const types = head + btf.bytes.readUInt32LE(8)
  const strings = head + btf.bytes.readUInt32LE(16)
  const parts: Buffer[] = []
  let at = types
  for (const type of btf.types) {
    if (type?.kind !== BtfKind.datasec) continue
    parts.push(btf.bytes.subarray(at, type.at - 12), sizedSection(btf, elf, type))
    at = type.at + type.vlen * 12
  }
  parts.push(btf.bytes.subarray(at, types + btf.bytes.readUInt32LE(12)))
  const body = Buffer.concat(parts)
  const text = btf.bytes.subarray(strings, strings + btf.bytes.readUInt32LE(20))
  const header = Buffer.from(btf.bytes.subarray(0, 24))
  header.writeUInt32LE(24, 4)
  header.writeUInt32LE(0, 8)
  header.writeUInt32LE(body.length, 12)
  header.writeUInt32LE(body.length, 16)
  return Buffer.concat([header, body, text])
}

function sizedSection(btf: Btf, elf: Elf, type: BtfType): Buffer {
  const section = elf.sections.find(({ name }) => name === type.name)
  const rows = btf.variables(type).flatMap(({ id, at }) => {
    const { name } = btf.type(id)
    const symbol = elf.symbols.find((one) => one.section === section?.index && one.name === name)
    return symbol === undefined ? [] : [{ id, offset: symbol.value, size: btf.bytes.readUInt32LE(at + 8) }]
  })
  rows.sort((a, b) => a.offset - b.offset)
  const bytes = Buffer.alloc(12 + 12 * rows.length)
  btf.bytes.copy(bytes, 0, type.at - 12, type.at)
  bytes.writeUInt32LE(((BtfKind.datasec << 24) | rows.length) >>> 0, 4)
  bytes.writeUInt32LE(section?.size || 1, 8)
  for (const [index, { id, offset, size }] of rows.entries()) {
    bytes.writeUInt32LE(id, 12 + 12 * index)
    bytes.writeUInt32LE(offset, 16 + 12 * index)
    bytes.writeUInt32LE(size, 20 + 12 * index)
  }
  return bytes
}
