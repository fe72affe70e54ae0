import { formatIpv6, parseIpv6Prefix } from '@segchain/path-engine'
import { formatIpv4, parseIpv4Prefix } from './ipv4.js'

/** Host prefixes that loopbacks may have. */
export interface LoopbackPool {
  /** How many there are; number 0 is never given out. */
  readonly size: number
  readonly at: (number: number) => string
}

/** More than there are SID indexes nobody needs (20 bits). */
const MOST = 2 ** 20

/** `10.254.0.0/16`, `2001:db8:0:fe::/64`; undefined when it is no prefix. */
export function poolOf(text: string): LoopbackPool | undefined {
  if (text.includes(':')) {
    const prefix = parseIpv6Prefix(text)
    if (prefix === undefined) return undefined
    const size = Math.min(MOST, 2 ** (128 - prefix.length))
    return { size, at: (number) => `${formatIpv6(prefix.value + BigInt(number))}/128` }
  }
  const prefix = parseIpv4Prefix(text)
  if (prefix === undefined) return undefined
  const whole = 2 ** (32 - prefix.length)
  const base = Math.floor(prefix.base / whole) * whole
  return { size: whole, at: (number) => `${formatIpv4(base + number)}/32` }
}
