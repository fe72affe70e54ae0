import type { SrPolicyPathRecord } from '@segchain/records'
import { ipText } from '../address.js'
import { shortText, unknownPart } from '../descriptor/ids.js'
import { readTePathDescriptor, type TePathDescriptor, tePathPart } from '../descriptor/te-path.js'
import type { ByteReader } from '../reader.js'
import { type NlriContext, readNlri, unknownOf } from './base.js'

type Descriptor = Pick<
  SrPolicyPathRecord,
  'protocolOrigin' | 'endpoint' | 'color' | 'originatorAsn' | 'originator' | 'discriminator'
>

/**
 * ```
 * |Protocol-Origin|    Flags      |            RESERVED           |   RFC 9857 §4 (TLV 554)
 * | Endpoint (4, with the E flag 16) | Policy Color (4)
 * | Originator AS Number (4) | Originator Address (4, with the O flag 16) | Discriminator (4)
 * ```
 */
function readDescriptor(value: ByteReader): Descriptor {
  const protocolOrigin = value.u8()
  const flags = value.u8()
  value.skip(2)
  return {
    protocolOrigin,
    endpoint: ipText(value.take((flags & 0x80) === 0 ? 4 : 16)),
    color: value.u32(),
    originatorAsn: value.u32(),
    originator: ipText(value.take((flags & 0x40) === 0 ? 4 : 16)),
    discriminator: value.u32(),
  }
}

/** NLRI type 5, RFC 9857 §3. The drafts before it put TE paths and cross-connects here too (550 to 557). */
export function decodeSrPolicyPathNlri(reader: ByteReader, context: NlriContext): SrPolicyPathRecord {
  let descriptor: Descriptor = {}
  const te: TePathDescriptor = {}
  const base = readNlri(
    reader,
    context,
    (code, value) => {
      if (code !== 554) return readTePathDescriptor(code, value, te)
      descriptor = readDescriptor(value)
      return true
    },
    undefined,
  )
  const { protocol, instanceId } = base
  const headend = base.localId
  const { endpoint, color, protocolOrigin, originatorAsn, originator, discriminator } = descriptor
  const path =
    endpoint === undefined
      ? ''
      : `color=${color},to=${endpoint},cp=${protocolOrigin}.${originatorAsn}.${originator}.${discriminator}`
  const key = [path, tePathPart(te)].filter((part) => part !== '').join(',')
  return {
    kind: 'sr-policy-path',
    id: `policy:${shortText(key)}@${headend}${unknownPart(base.unknown)}`,
    protocol,
    instanceId,
    ...base.table,
    headend,
    ...descriptor,
    ...te,
    ...unknownOf(base),
  }
}
