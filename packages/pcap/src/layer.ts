/** What is next in a frame: its ethertype, and its bytes. */
export interface Layer {
  /** An ethertype; below {@link FIRST_ETHERTYPE} the length of LLC (IEEE 802.3). */
  readonly type: number
  readonly bytes: Buffer
}

export const ETHERTYPE = {
  ipv4: 0x0800,
  ipv6: 0x86dd,
  mpls: 0x8847,
  ethernet: 0x6558,
  ppp: 0x880b,
  pppoe: 0x8864,
  nsh: 0x894f,
  /** Any length: LLC follows. */
  llc: 0,
} as const

export const FIRST_ETHERTYPE = 0x0600

/** IP of either version, which its first byte tells. */
export function ipIn(bytes: Buffer): Layer | undefined {
  const version = (bytes[0] ?? 0) >> 4
  return version === 4 || version === 6 ? { type: version === 4 ? ETHERTYPE.ipv4 : ETHERTYPE.ipv6, bytes } : undefined
}
