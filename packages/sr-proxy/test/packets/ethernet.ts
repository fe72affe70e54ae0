/** Frames for tests, from the RFCs' header layouts, written independently of the data plane. */
export interface Label {
  readonly label: number
  readonly tc?: number
  readonly ttl?: number
}

export interface EthernetOptions {
  readonly to?: string
  readonly from?: string
  /** VLAN ids, outer first. */
  readonly vlans?: readonly number[]
}

export const ROUTER = '02:00:00:00:00:01'
export const PROXY = '02:00:00:00:00:02'

const mac = (text: string) => Buffer.from(text.replaceAll(':', ''), 'hex')
const u16 = (value: number) => Buffer.from([value >> 8, value & 255])

export function ethernet(type: number, payload: Uint8Array, options: EthernetOptions = {}): Buffer {
  const tags = (options.vlans ?? []).flatMap((vlan) => [u16(0x8100), u16(vlan)])
  return Buffer.concat([mac(options.to ?? PROXY), mac(options.from ?? ROUTER), ...tags, u16(type), payload])
}

/** IPv4 or IPv6 by the first nibble. */
export function ipFrame(packet: Uint8Array, options: EthernetOptions = {}): Buffer {
  return ethernet((packet[0] ?? 0) >> 4 === 4 ? 0x0800 : 0x86dd, packet, options)
}

/** RFC 3032 §2.1: label 20, TC 3, S 1, TTL 8. */
export function labelStack(labels: readonly (Label | number)[]): Buffer {
  return Buffer.concat(
    labels.map((given, index) => {
      const { label, tc = 0, ttl = 64 } = typeof given === 'number' ? { label: given } : given
      const bottom = index === labels.length - 1 ? 1 : 0
      const entry = Buffer.alloc(4)
      entry.writeUInt32BE(((label << 12) | (tc << 9) | (bottom << 8) | ttl) >>> 0)
      return entry
    }),
  )
}

export function mplsFrame(labels: readonly (Label | number)[], packet: Uint8Array, options?: EthernetOptions): Buffer {
  if (labels.length === 0) return ipFrame(packet, options)
  return ethernet(0x8847, Buffer.concat([labelStack(labels), packet]), options)
}
