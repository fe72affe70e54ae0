import { Btf } from './btf.js'
import { objectError, parseElf } from './elf.js'
import { dataMaps, declaredMaps, type MapSpec } from './map-spec.js'
import { type ProgramSpec, programSpecs } from './program-spec.js'
import { sizedBtf } from './sized-btf.js'

/** What a compiled object wants to be made of it. Plain data: nothing of it lives in the kernel yet. */
export interface ObjectSpec {
  readonly maps: readonly MapSpec[]
  readonly programs: readonly ProgramSpec[]
  readonly license: string
  /** For BPF_BTF_LOAD. */
  readonly btf?: Buffer
}

/**
 * Reads an object that clang made for BPF, with maps declared by BTF. CO-RE relocations are not done: XDP
 * programs see only what is UAPI.
 *
 * @throws {SegchainError} `data`, `BPF_OBJECT`
 */
export function parseObject(file: Buffer): ObjectSpec {
  try {
    return read(file)
  } catch (cause) {
    // Every offset in the file is used as it stands: where it leads out of the file, Node says so.
    if (cause instanceof RangeError) throw objectError('it is damaged')
    throw cause
  }
}

function read(file: Buffer): ObjectSpec {
  const elf = parseElf(file)
  const section = elf.sections.find(({ name }) => name === '.BTF')
  const btf = section === undefined ? undefined : new Btf(section.data)
  const data = dataMaps(elf)
  const license = elf.sections.find(({ name }) => name === 'license')?.data
  return {
    maps: [...(btf === undefined ? [] : declaredMaps(elf, btf)), ...data],
    programs: programSpecs(elf, btf, (index) => data.find((map) => map.section === index)?.name),
    license: license?.toString('latin1').replace(/\0.*$/s, '') ?? '',
    ...(btf === undefined ? {} : { btf: sizedBtf(btf, elf) }),
  }
}
