import { Struct } from './struct.js'

export const ABI_VERSION = 1
const PASS_UNKNOWN = 1

export interface ConfigValue {
  readonly generation: number
  readonly passUnknown: boolean
  readonly defaultNextHop: number
  readonly endNextHop: number
  readonly icmpPerSecond: number
  /** Lines of `session_lines4` that are used: a power of two, 2 at least; absent: none. */
  readonly sessionLines?: number
  /** 4 and 16 bytes; absent: the address that could not be reached. */
  readonly icmpSource4?: Uint8Array
  readonly icmpSource6?: Uint8Array
}

/** `struct sr_config`. */
export function encodeConfig(value: ConfigValue): Buffer {
  const out = new Struct(48)
    .u32(ABI_VERSION)
    .u32(value.generation)
    .u32(value.passUnknown ? PASS_UNKNOWN : 0)
  out.u32(value.defaultNextHop).u32(value.endNextHop).u32(value.icmpPerSecond)
  return out
    .bytes(value.icmpSource4 ?? Buffer.alloc(4))
    .bytes(value.icmpSource6 ?? Buffer.alloc(16))
    .u32((value.sessionLines ?? 1) - 1)
    .end()
}

/** The active generation; 0: nothing was ever written. */
export function decodeGeneration(config: Buffer): number {
  return config.readUInt32LE(0) === ABI_VERSION ? config.readUInt32LE(4) : 0
}
