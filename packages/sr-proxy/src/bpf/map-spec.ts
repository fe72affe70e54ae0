import { type Btf, BtfKind, type BtfType } from './btf.js'
import { type Elf, objectError, type Section, SectionType } from './elf.js'

/** A map as an object wants it; nothing live. */
export interface MapSpec {
  readonly name: string
  readonly type: number
  readonly keySize: number
  readonly valueSize: number
  readonly maxEntries: number
  readonly flags: number
  /** Of a map of maps: what the inner ones are like. */
  readonly inner?: MapSpec
  /** BTF ids of key and value; 0: none. */
  readonly keyType: number
  readonly valueType: number
  /** Global data of the programs: the only entry at the start. */
  readonly data?: Buffer
  /** Nobody may write it after the start (.rodata). */
  readonly readOnly: boolean
  /** `.values` of the source: a program or a map by index. */
  readonly initial: readonly { readonly index: number; readonly name: string }[]
}

const RDONLY_PROG = 1 << 7
const MMAPABLE = 1 << 10
const ARRAY = 2

/** The maps of the `.maps` section, declared in the way of libbpf. */
export function declaredMaps(elf: Elf, btf: Btf): MapSpec[] {
  const section = elf.sections.find(({ name }) => name === '.maps')
  const datasec = btf.types.find((type) => type?.kind === BtfKind.datasec && type.name === '.maps')
  if (section === undefined || datasec === undefined) return []
  return btf.variables(datasec).map(({ id }) => {
    const variable = btf.type(id)
    const symbol = elf.symbols.find(({ name, section: index }) => index === section.index && name === variable.name)
    const { type } = btf.resolve(variable.sizeOrType)
    if (symbol === undefined || type.kind !== BtfKind.struct) throw objectError(`map ${variable.name} is not declared`)
    return readMap(
      btf,
      variable.name,
      type,
      initialValues(elf, section, symbol.value, symbol.size, valuesAt(btf, type)),
    )
  })
}

/** `.rodata`, `.data`, `.bss`: one array map each. */
export function dataMaps(elf: Elf): (MapSpec & { readonly section: number })[] {
  return elf.sections
    .filter(({ name, size }) => size > 0 && /^\.(rodata|data|bss)([.]|$)/.test(name))
    .map(({ index, name, type, size, data }) => ({
      section: index,
      name: name.slice(0, 15),
      type: ARRAY,
      keySize: 4,
      valueSize: size,
      maxEntries: 1,
      flags: name.startsWith('.rodata') ? RDONLY_PROG : MMAPABLE,
      keyType: 0,
      valueType: 0,
      data: type === SectionType.nobits ? Buffer.alloc(size) : data,
      readOnly: name.startsWith('.rodata'),
      initial: [],
    }))
}

function readMap(btf: Btf, name: string, type: BtfType, initial: MapSpec['initial']): MapSpec {
  const numbers = new Map<string, number>()
  const types = { key: 0, value: 0 }
  let inner: MapSpec | undefined
  for (const member of btf.members(type)) {
    const { type: field } = btf.resolve(member.type)
    if (member.name === 'key' || member.name === 'value') types[member.name] = field.sizeOrType
    else if (member.name === 'values') inner = innerMap(btf, name, field)
    else numbers.set(member.name, numberOf(btf, field))
  }
  const size = (key: 'key' | 'value'): number =>
    numbers.get(`${key}_size`) ?? (types[key] === 0 ? 0 : btf.sizeOf(types[key]))
  const mapType = numbers.get('type')
  if (mapType === undefined) throw objectError(`map ${name} has no type`)
  const holdsDescriptors = isArrayOfDescriptors(btf, type)
  return {
    name,
    type: mapType,
    keySize: size('key'),
    valueSize: holdsDescriptors ? 4 : size('value'),
    maxEntries: numbers.get('max_entries') ?? 0,
    flags: numbers.get('map_flags') ?? 0,
    ...(inner === undefined ? {} : { inner }),
    keyType: types.key,
    valueType: types.value,
    readOnly: false,
    initial,
  }
}

/** `__uint(name, value)` is a pointer to an array of that many. */
function numberOf(btf: Btf, field: BtfType): number {
  const { type } = btf.resolve(field.sizeOrType)
  return type.kind === BtfKind.array ? btf.array(type).count : 0
}

function isArrayOfDescriptors(btf: Btf, type: BtfType): boolean {
  return btf.members(type).some(({ name }) => name === 'values')
}

/** `__array(values, struct {…})`: an array of pointers to what the inner map is like, or to functions. */
function innerMap(btf: Btf, name: string, field: BtfType): MapSpec | undefined {
  if (field.kind !== BtfKind.array) throw objectError(`values of map ${name} is no array`)
  const pointer = btf.resolve(btf.array(field).element).type
  const { type } = btf.resolve(pointer.sizeOrType)
  return type.kind === BtfKind.struct ? readMap(btf, `${name}_in`, type, []) : undefined
}

function valuesAt(btf: Btf, type: BtfType): number {
  const values = btf.members(type).find(({ name }) => name === 'values')
  return values === undefined ? type.sizeOrType : values.bitOffset / 8
}

/** `.values = { [2] = &name }` is a relocation in the variable, behind the declaration. */
function initialValues(elf: Elf, section: Section, at: number, size: number, values: number): MapSpec['initial'] {
  return (elf.relocations.get(section.index) ?? [])
    .filter(({ offset }) => offset >= at + values && offset < at + size)
    .map(({ offset, symbol }) => ({ index: (offset - at - values) / 8, name: symbol.name }))
}
