export interface Counter {
  readonly packets: bigint
  readonly bytes: bigint
}

const COUNTER_SIZE = 16

/** The sum over all CPUs of the counter at an offset in a per-CPU value (`struct sr_counter`, `sr_vnf_counter`). */
export function sumCounters(value: Buffer, size: number, offset = 0): Counter {
  let packets = 0n
  let bytes = 0n
  for (let at = offset; at + COUNTER_SIZE <= value.length; at += size) {
    packets += value.readBigUInt64LE(at)
    bytes += value.readBigUInt64LE(at + 8)
  }
  return { packets, bytes }
}
