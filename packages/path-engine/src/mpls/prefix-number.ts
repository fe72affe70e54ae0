import { parseIpv6 } from '../srv6/address.js'

/** A prefix of either family as numbers, to be compared and counted. */
export interface PrefixNumber {
  readonly family: 4 | 6
  readonly length: number
  readonly address: bigint
}

/** Of texts that are no prefix, something that is in an order all the same: they were refused at the edge. */
export function prefixNumber(prefix: string): PrefixNumber {
  const [address = '', length = ''] = prefix.split('/')
  return address.includes(':')
    ? { family: 6, length: Number(length), address: parseIpv6(address) ?? 0n }
    : { family: 4, length: Number(length), address: parseIpv4(address) }
}

function parseIpv4(text: string): bigint {
  return text.split('.').reduce((value, part) => value * 256n + (/^\d+$/.test(part) ? BigInt(part) : 0n), 0n)
}
