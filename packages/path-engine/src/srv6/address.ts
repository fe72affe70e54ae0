/** An IPv6 address as a number of 128 bits, and a prefix of one. Bit 0 is the most significant, as in the RFCs. */
export interface Ipv6Prefix {
  /** Host bits zero. */
  readonly value: bigint
  /** 0 to 128. */
  readonly length: number
}

const ADDRESS_BITS = 128
const MASK = (1n << 128n) - 1n

/** RFC 4291 §2.2, the form with a dotted IPv4 end too; undefined when it is no IPv6 address. */
export function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (text.length > 45 || halves.length > 2) return undefined
  const [left, right] = halves.map(groupsOf)
  if (left === undefined || (halves.length === 2 && right === undefined)) return undefined
  const missing = 8 - left.length - (right?.length ?? 0)
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const groups = [...left, ...new Array<number>(missing).fill(0), ...(right ?? [])]
  return groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n)
}

function groupsOf(text: string): number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  const parts = text.split(':')
  for (const [i, part] of parts.entries()) {
    const dotted = i === parts.length - 1 ? /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(part) : null
    if (dotted !== null) {
      const [a = 256, b = 256, c = 256, d = 256] = dotted.slice(1).map(Number)
      if (Math.max(a, b, c, d) > 255) return undefined
      groups.push(a * 256 + b, c * 256 + d)
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16))
    else return undefined
  }
  return groups
}

/** RFC 5952 §4: lower case, no leading zeros, the first longest run of zeros (two at least) as `::`. */
export function formatIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn))
  let best = { from: 0, length: 1 }
  for (let from = 0; from < 8; from += 1) {
    let length = 0
    while (groups[from + length] === 0) length += 1
    if (length > best.length) best = { from, length }
  }
  const text = (list: readonly number[]): string => list.map((group) => group.toString(16)).join(':')
  if (best.length < 2) return text(groups)
  return `${text(groups.slice(0, best.from))}::${text(groups.slice(best.from + best.length))}`
}

/** `fcbb:bb00::/32`; undefined when it is no IPv6 prefix. Host bits are cleared. */
export function parseIpv6Prefix(text: string): Ipv6Prefix | undefined {
  const [address = '', bits = '', ...more] = text.split('/')
  const value = parseIpv6(address)
  const length = Number(bits)
  if (value === undefined || more.length > 0 || !/^\d{1,3}$/.test(bits) || length > ADDRESS_BITS) return undefined
  return { value: prefixBits(value, length), length }
}

export function formatIpv6Prefix({ value, length }: Ipv6Prefix): string {
  return `${formatIpv6(value)}/${length}`
}

/** The address with all bits after the first `length` cleared. */
export function prefixBits(address: bigint, length: number): bigint {
  const rest = BigInt(ADDRESS_BITS - length)
  return (address >> rest) << rest
}

export function isInPrefix(address: bigint, prefix: Ipv6Prefix): boolean {
  return prefixBits(address, prefix.length) === prefix.value
}

/** The bits `[from, from + length)` as a number. */
export function bitsAt(address: bigint, from: number, length: number): bigint {
  if (length <= 0) return 0n
  return (address >> BigInt(ADDRESS_BITS - from - length)) & ((1n << BigInt(length)) - 1n)
}

/** The address with the bits `[from, from + length)` replaced. */
export function withBits(address: bigint, from: number, length: number, bits: bigint): bigint {
  if (length <= 0) return address
  const shift = BigInt(ADDRESS_BITS - from - length)
  const mask = ((1n << BigInt(length)) - 1n) << shift
  return ((address & ~mask) | ((bits << shift) & mask)) & MASK
}
