import type { TopologyRecord } from '@segchain/records'
import type { Problem } from './decode-error.js'
import { linkTlvs } from './link/index.js'
import { nodeTlvs } from './node/index.js'
import { policyTlvs } from './policy/index.js'
import { prefixTlvs } from './prefix/index.js'
import type { ByteReader } from './reader.js'
import { srv6SidTlvs } from './srv6/index.js'
import { decodeTlvs, encodeTlvs, registry } from './tlv.js'
import type { ByteWriter } from './writer.js'

/** An NLRI of unknown type has an attribute that cannot be told apart either. */
const noTlvs = registry<{ unknown?: { code: number; value: string }[] }>()

/**
 * Decodes the BGP-LS Attribute (29) into the fields of a record. Which TLVs there are depends on the
 * kind of object, and what some flags mean on its protocol.
 *
 * @throws {DecodeError} when a TLV or sub-TLV has a wrong length; the record may be half filled then.
 */
export function decodeAttribute(reader: ByteReader, record: TopologyRecord, problems: Problem[]): void {
  switch (record.kind) {
    case 'node':
      decodeTlvs(reader, nodeTlvs, record, { protocol: record.protocol, problems })
      break
    case 'link':
    case 'stub-link':
      decodeTlvs(reader, linkTlvs, record, { protocol: record.protocol, problems })
      break
    case 'prefix':
      decodeTlvs(reader, prefixTlvs, record, { protocol: record.protocol, problems })
      break
    case 'srv6-sid':
      decodeTlvs(reader, srv6SidTlvs, record, { protocol: record.protocol, problems })
      break
    case 'sr-policy-path':
      decodeTlvs(reader, policyTlvs, record, { protocol: record.protocol, problems })
      break
    case 'unknown-nlri':
      decodeTlvs(reader, noTlvs, record, { protocol: 'direct', problems })
      break
  }
}

/** The opposite of {@link decodeAttribute}. */
export function encodeAttribute(writer: ByteWriter, record: TopologyRecord): void {
  switch (record.kind) {
    case 'node':
      encodeTlvs(record, nodeTlvs, writer, { protocol: record.protocol, problems: [] })
      break
    case 'link':
    case 'stub-link':
      encodeTlvs(record, linkTlvs, writer, { protocol: record.protocol, problems: [] })
      break
    case 'prefix':
      encodeTlvs(record, prefixTlvs, writer, { protocol: record.protocol, problems: [] })
      break
    case 'srv6-sid':
      encodeTlvs(record, srv6SidTlvs, writer, { protocol: record.protocol, problems: [] })
      break
    case 'sr-policy-path':
      encodeTlvs(record, policyTlvs, writer, { protocol: record.protocol, problems: [] })
      break
    case 'unknown-nlri':
      encodeTlvs(record, noTlvs, writer, { protocol: 'direct', problems: [] })
      break
  }
}
