import { formatIpv6Prefix, parseIpv6, parseIpv6Prefix } from '@segchain/path-engine'
import { formatIpv4, parseIpv4Prefix } from '../lock/ipv4.js'

export interface WhyNot {
  readonly what: string
  readonly hint: string
}

export function whyNoIpv4Prefix(text: string): WhyNot | undefined {
  const prefix = parseIpv4Prefix(text)
  if (prefix === undefined) {
    return { what: `${text} is no IPv4 prefix`, hint: 'four numbers up to 255, and a length up to 32: 192.0.2.0/24' }
  }
  const { base, length } = prefix
  const own = base - (base % 2 ** (32 - length))
  return own === base ? undefined : hostBits(text, `${formatIpv4(own)}/${length}`)
}

export function whyNoIpv6Prefix(text: string): WhyNot | undefined {
  const prefix = parseIpv6Prefix(text)
  if (prefix === undefined) {
    return { what: `${text} is no IPv6 prefix`, hint: 'an address and a length up to 128: 2001:db8::/32' }
  }
  const isOwn = parseIpv6(text.slice(0, text.indexOf('/'))) === prefix.value
  return isOwn ? undefined : hostBits(text, formatIpv6Prefix(prefix))
}

/** Of either family. */
export function whyNoPrefix(text: string): WhyNot | undefined {
  return isIpv6(text) ? whyNoIpv6Prefix(text) : whyNoIpv4Prefix(text)
}

export function isIpv6(text: string): boolean {
  return text.includes(':')
}

function hostBits(text: string, prefix: string): WhyNot {
  return { what: `${text} has bits behind its length`, hint: `write ${prefix}` }
}
