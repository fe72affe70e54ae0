import { SegchainError } from '@segchain/records/error'
import { ipBytes, ipv4Text } from './address.js'
import type { ByteReader } from './reader.js'
import type { ByteWriter } from './writer.js'

/**
 * ```
 * | Type (2) | Administrator (2 or 4) | Assigned Number (4 or 2) |   RFC 4364 §4.2
 * ```
 * Type 0 has an AS number of 2 bytes, 1 an IPv4 address, 2 an AS number of 4; of others the six bytes in hex.
 */
export function readRouteDistinguisher(reader: ByteReader): string {
  const type = reader.u16()
  if (type === 0) return `0:${reader.u16()}:${reader.u32()}`
  if (type === 1) return `1:${ipv4Text(reader.take(4))}:${reader.u16()}`
  if (type === 2) return `2:${reader.u32()}:${reader.u16()}`
  return `${type}:${reader.take(6).toString('hex')}`
}

/** @throws {SegchainError} category `data` for a text that {@link readRouteDistinguisher} does not make. */
export function writeRouteDistinguisher(writer: ByteWriter, text: string): void {
  const [type = '', administrator = '', assigned = ''] = text.split(':')
  const number = Number(assigned)
  const address = ipBytes(administrator)
  if (type === '0' && within(administrator, 0xffff) && within(assigned, 0xffff_ffff)) {
    writer.u16(0).u16(Number(administrator)).u32(number)
  } else if (type === '1' && address?.length === 4 && within(assigned, 0xffff)) {
    writer.u16(1).bytes(address).u16(number)
  } else if (type === '2' && within(administrator, 0xffff_ffff) && within(assigned, 0xffff)) {
    writer.u16(2).u32(Number(administrator)).u16(number)
  } else if (within(type, 0xffff) && Number(type) > 2 && /^[0-9a-f]{12}$/.test(administrator) && assigned === '') {
    writer.u16(Number(type)).hex(administrator)
  } else {
    throw new SegchainError({
      category: 'data',
      code: 'ROUTE_DISTINGUISHER',
      message: `${JSON.stringify(text)} is no route distinguisher`,
      hint: 'as 0:65000:1, 1:10.0.0.1:1 or 2:4200000000:1',
    })
  }
}

function within(text: string, maximum: number): boolean {
  return /^[0-9]{1,10}$/.test(text) && Number(text) <= maximum
}
