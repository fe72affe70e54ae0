/** `union bpf_attr` (include/uapi/linux/bpf.h): little-endian words at fixed offsets. */
export class Attr {
  readonly bytes: Buffer

  constructor(length: number) {
    this.bytes = Buffer.alloc(length)
  }

  u32(at: number, value: number): this {
    this.bytes.writeUInt32LE(value >>> 0, at)
    return this
  }

  u64(at: number, value: bigint): this {
    this.bytes.writeBigUInt64LE(value, at)
    return this
  }

  /** At most 15 characters of letters, digits, `_` and `.`: the kernel takes no others. */
  name(at: number, value: string): this {
    this.bytes.write(value.replace(/[^A-Za-z0-9_.]/g, '_').slice(0, 15), at)
    return this
  }
}

/** `enum bpf_cmd`. */
export const Command = {
  mapCreate: 0,
  mapLookup: 1,
  mapUpdate: 2,
  mapDelete: 3,
  mapNextKey: 4,
  progLoad: 5,
  pin: 6,
  get: 7,
  testRun: 10,
  infoByFd: 15,
  btfLoad: 18,
  mapFreeze: 22,
  mapLookupBatch: 24,
  mapUpdateBatch: 26,
  mapDeleteBatch: 27,
  linkCreate: 28,
  linkUpdate: 29,
  linkDetach: 34,
} as const

/** `enum bpf_map_type`, those that we make or look into. */
export const MapType = {
  hash: 1,
  array: 2,
  progArray: 3,
  percpuHash: 5,
  percpuArray: 6,
  lruHash: 9,
  lruPercpuHash: 10,
  lpmTrie: 11,
  arrayOfMaps: 12,
  hashOfMaps: 13,
  devmap: 14,
  cpumap: 16,
  devmapHash: 25,
  ringbuf: 27,
} as const

const PER_CPU: ReadonlySet<number> = new Set([MapType.percpuHash, MapType.percpuArray, MapType.lruPercpuHash])

/** Maps of devices and programs take one entry at a time. */
export function takesBatches(type: number): boolean {
  return WITH_BTF.has(type)
}

const WITH_BTF: ReadonlySet<number> = new Set([
  MapType.hash,
  MapType.array,
  MapType.percpuHash,
  MapType.percpuArray,
  MapType.lruHash,
  MapType.lruPercpuHash,
])

/** Whether the kernel lets the types of key and value be named: maps of devices and programs refuse it. */
export function takesBtf(type: number): boolean {
  return WITH_BTF.has(type)
}

/** A value for each possible CPU, each rounded up to 8 bytes. */
export function isPerCpu(type: number): boolean {
  return PER_CPU.has(type)
}
