import { createReadStream, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TopologyRecord } from '@segchain/records'
import { CaptureDecoder, type Decoded } from '../../src/index.js'

/** Fixtures stand beside the sources; tests run from dist/test. */
export function fixture(path: string): string {
  return fileURLToPath(new URL(`../../../test/fixtures/${path}`, import.meta.url))
}

export function fixtureText(path: string): string {
  return readFileSync(fixture(path), 'utf8')
}

export interface DecodedCapture {
  readonly topology: readonly TopologyRecord[]
  readonly found: readonly Decoded[]
}

export async function decodeFixture(path: string): Promise<DecodedCapture> {
  const decoder = new CaptureDecoder({ strictOrder: false })
  const found: Decoded[] = []
  for await (const one of decoder.decode(createReadStream(fixture(path)))) found.push(one)
  return { topology: decoder.rib.snapshot(), found }
}

/** An UPDATE around path attributes in hex. */
export function updateOf(attributesHex: string): { type: 2; bytes: Buffer } {
  const attributes = Buffer.from(attributesHex.replace(/\s/g, ''), 'hex')
  const bytes = Buffer.concat([Buffer.alloc(19, 0xff), Buffer.alloc(4), attributes])
  bytes.writeUInt16BE(bytes.length, 16)
  bytes[18] = 2
  bytes.writeUInt16BE(attributes.length, 21)
  return { type: 2, bytes }
}

/** TLV in hex: code, length, value. */
export function tlv(code: number, valueHex: string): string {
  const value = valueHex.replace(/\s/g, '')
  return code.toString(16).padStart(4, '0') + (value.length / 2).toString(16).padStart(4, '0') + value
}

/** An UPDATE that announces one link-state NLRI with this attribute 29 (both in hex). */
export function announcing(nlriHex: string, linkStateHex: string): { type: 2; bytes: Buffer } {
  const length = (hex: string) => (hex.length / 2).toString(16).padStart(4, '0')
  const reach = `400447 04 0a000001 00${nlriHex}`.replace(/\s/g, '')
  return updateOf(`40010100 400200 900e${length(reach)}${reach} 901d${length(linkStateHex)}${linkStateHex}`)
}

/** An NLRI in hex: type, length, protocol, instance 0, descriptors. */
export function nlri(type: number, protocol: number, descriptors: string): string {
  const body = `${protocol.toString(16).padStart(2, '0')}0000000000000000${descriptors}`
  return type.toString(16).padStart(4, '0') + (body.length / 2).toString(16).padStart(4, '0') + body
}

/** Local node descriptors of an IS-IS node in AS 65000. */
export const localNode = tlv(256, tlv(512, '0000fde8') + tlv(515, '000000000001'))
export const remoteNode = tlv(257, tlv(512, '0000fde8') + tlv(515, '000000000002'))
export const ospfNode = tlv(256, tlv(512, '0000fde8') + tlv(514, '00000000') + tlv(515, '0aff0001'))
