import { existsSync, readFileSync } from 'node:fs'
import { MapType } from './attr.js'
import { objectError } from './elf.js'
import { Errno, KernelError } from './errno.js'
import type { Descriptor, Kernel } from './kernel.js'
import type { MapSpec } from './map-spec.js'
import type { ObjectSpec } from './object.js'
import type { ProgramSpec } from './program-spec.js'
import { Table } from './table.js'

/** Programs and maps of one object in the kernel. */
export interface Loaded {
  readonly programs: ReadonlyMap<string, Descriptor>
  readonly tables: ReadonlyMap<string, Table>
}

export interface LoadOptions {
  /** Maps that are there already (pinned by an earlier run), by name: they are used as they are. */
  readonly existing?: ReadonlyMap<string, Descriptor>
  /** Another size than the object says, by name of the map. */
  readonly maxEntries?: ReadonlyMap<string, number>
}

/**
 * Makes an object's maps, and loads its programs.
 *
 * @throws {KernelError} with the end of the verifier's log
 */
export async function loadObject(kernel: Kernel, spec: ObjectSpec, options: LoadOptions = {}): Promise<Loaded> {
  const btf = spec.btf === undefined ? undefined : await kernel.loadBtf(spec.btf)
  const cpus = possibleCpus()
  const tables = new Map<string, Table>()
  for (const wanted of spec.maps) {
    const entries = options.maxEntries?.get(wanted.name) ?? wanted.maxEntries
    // The kernel wants an entry for each possible CPU; the object cannot know how many.
    const map = { ...wanted, maxEntries: entries === 0 ? defaultEntries(wanted, cpus) : entries }
    const descriptor = options.existing?.get(map.name) ?? (await create(kernel, map, btf))
    tables.set(map.name, new Table(kernel.helper, descriptor, map, cpus))
  }
  const programs = new Map<string, Descriptor>()
  for (const program of spec.programs) {
    const code = withDescriptors(program, tables)
    const info = btf === undefined ? undefined : { descriptor: btf, functions: program.functions }
    programs.set(program.name, await kernel.loadXdp(program, code, spec.license, info))
  }
  for (const map of spec.maps) await fill(map, tables, programs)
  return { programs, tables }
}

async function create(kernel: Kernel, map: MapSpec, btf: Descriptor | undefined): Promise<Descriptor> {
  const inner = map.inner === undefined ? undefined : await create(kernel, map.inner, btf)
  const descriptor = await kernel.createMap(map, btf, inner)
  if (map.data !== undefined) {
    await new Table(kernel.helper, descriptor, map, 1).set(Buffer.alloc(4), map.data)
    if (map.readOnly) await kernel.freeze(descriptor)
  }
  return descriptor
}

/** `.values` of the source. */
async function fill(
  map: MapSpec,
  tables: ReadonlyMap<string, Table>,
  programs: ReadonlyMap<string, Descriptor>,
): Promise<void> {
  for (const { index, name } of map.initial) {
    const descriptor = map.type === MapType.progArray ? programs.get(name) : tables.get(name)?.descriptor
    if (descriptor === undefined) throw objectError(`map ${map.name} wants ${name}, which is not there`)
    await tables.get(map.name)?.set(word(index), word(descriptor))
  }
}

/** The instructions with the maps' descriptors in them. */
function withDescriptors(program: ProgramSpec, tables: ReadonlyMap<string, Table>): Buffer {
  const code = Buffer.from(program.instructions)
  for (const { instruction, map, offset } of program.maps) {
    const table = tables.get(map)
    if (table === undefined) throw objectError(`${program.name} wants map ${map}, which is not there`)
    code.writeInt32LE(table.descriptor, instruction * 8 + 4)
    code.writeInt32LE(offset ?? 0, instruction * 8 + 12)
  }
  return code
}

function defaultEntries(map: MapSpec, cpus: number): number {
  return map.type === MapType.cpumap ? cpus : 1
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** `0-3,8` → 9: per-CPU values are there for every CPU that could come. */
export function possibleCpus(): number {
  const path = '/sys/devices/system/cpu/possible'
  if (!existsSync(path)) throw new KernelError('number of CPUs', Errno.ENOENT)
  const last = readFileSync(path, 'utf8').trim().split(/[,-]/).at(-1)
  return Number(last) + 1
}
