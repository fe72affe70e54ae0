import type { Btf } from './btf.js'
import type { Elf } from './elf.js'

/** The BTF type of a function, and where it begins in its section (bytes). */
export interface FunctionInfo {
  readonly section: string
  readonly offset: number
  readonly type: number
}

/** `func_info` of the section .BTF.ext (Documentation/bpf/btf.rst §4.2). */
export function readFunctionInfo(elf: Elf, btf: Btf | undefined): FunctionInfo[] {
  const bytes = elf.sections.find(({ name }) => name === '.BTF.ext')?.data
  if (bytes === undefined || btf === undefined || bytes.length < 24) return []
  const start = bytes.readUInt32LE(4) + bytes.readUInt32LE(8)
  const end = start + bytes.readUInt32LE(12)
  if (end - start < 4) return []
  const recordSize = bytes.readUInt32LE(start)
  const result: FunctionInfo[] = []
  for (let at = start + 4; at + 8 <= end; ) {
    const section = btf.text(bytes.readUInt32LE(at))
    const count = bytes.readUInt32LE(at + 4)
    at += 8
    for (let index = 0; index < count; index++, at += recordSize) {
      result.push({ section, offset: bytes.readUInt32LE(at), type: bytes.readUInt32LE(at + 4) })
    }
  }
  return result
}
