import { isIPv4, isIPv6 } from 'node:net'
import { SegchainError } from '@segchain/records'
import type { FirewallRule } from '../tables/schema.js'
import { addressBytes } from './address.js'
import { Struct } from './struct.js'

const PROTOCOL = 1
const PORTS = 2
const VERDICT = { accept: 1, drop: 2 } as const
const PROTOCOLS = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58, sctp: 132 } as const

/** `struct sr_firewall_set`. */
export function encodeFirewallSet(first: number, count: number, policy: 'accept' | 'drop'): Buffer {
  return new Struct(12).u32(first).u32(count).u32(VERDICT[policy]).end()
}

/**
 * `struct sr_firewall_rule`.
 *
 * @throws {SegchainError} `data`, `FIREWALL_RULE`
 */
export function encodeFirewallRule(rule: FirewallRule, counter: number): Buffer {
  const source = readPrefix(rule.source)
  const destination = readPrefix(rule.destination)
  if (source.family !== 0 && destination.family !== 0 && source.family !== destination.family) {
    throw ruleError(`${rule.source} and ${rule.destination} are of two address families`)
  }
  const sourcePort = readPorts(rule.sourcePort)
  const destinationPort = readPorts(rule.destinationPort)
  const ports = rule.sourcePort !== undefined || rule.destinationPort !== undefined
  const protocol = typeof rule.protocol === 'string' ? PROTOCOLS[rule.protocol] : rule.protocol
  const out = new Struct(80).bytes(source.address).bytes(source.mask).bytes(destination.address).bytes(destination.mask)
  out.u16(sourcePort[0]).u16(sourcePort[1]).u16(destinationPort[0]).u16(destinationPort[1])
  out.u8(source.family || destination.family).u8(protocol ?? 0)
  out.u8((protocol === undefined ? 0 : PROTOCOL) | (ports ? PORTS : 0))
  return out.u8(VERDICT[rule.action]).u32(counter).end()
}

function readPorts(ports: number | string | undefined): [number, number] {
  if (ports === undefined) return [0, 65535]
  if (typeof ports === 'number') return [ports, ports]
  const [first = 0, last = 0] = ports.split('-').map(Number)
  if (first > last || last > 65535) throw ruleError(`${ports} are no ports`)
  return [first, last]
}

function readPrefix(text: string | undefined): { family: 0 | 4 | 6; address: Buffer; mask: Buffer } {
  if (text === undefined) return { family: 0, address: Buffer.alloc(16), mask: Buffer.alloc(16) }
  const [address = '', length] = text.split('/')
  const family = isIPv4(address) ? 4 : isIPv6(address) ? 6 : undefined
  if (family === undefined) throw ruleError(`${text} is no prefix`)
  const bits = length === undefined ? (family === 4 ? 32 : 128) : Number(length)
  if (bits > (family === 4 ? 32 : 128))
    throw ruleError(`${text}: an IPv${family} prefix has at most ${family === 4 ? 32 : 128} bits`)
  const mask = Buffer.alloc(16)
  for (let bit = 0; bit < bits; bit++) mask[bit >> 3] = (mask[bit >> 3] ?? 0) | (0x80 >> (bit & 7))
  const bytes = Buffer.alloc(16)
  bytes.set(addressBytes(address))
  for (const [index, byte] of mask.entries()) bytes[index] = (bytes[index] ?? 0) & byte
  return { family, address: bytes, mask }
}

function ruleError(message: string): SegchainError {
  return new SegchainError({ category: 'data', code: 'FIREWALL_RULE', message })
}
