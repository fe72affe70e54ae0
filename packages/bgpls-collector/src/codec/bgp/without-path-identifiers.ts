import { AFI_LINK_STATE, MESSAGE, PATH } from '../iana/bgp-parameters.js'
import { hasPathIdentifiers } from '../nlri/path-identifiers.js'
import { ByteReader } from '../reader.js'
import { ByteWriter } from '../writer.js'
import { encodeMessage, HEADER_LENGTH } from './message.js'

/**
 * The UPDATE as a session without ADD-PATH carries it: link-state NLRIs lose their Path Identifiers (RFC 7911 §3).
 * Where there are none it stays as it is. Paths to the same object become announcements of the same.
 *
 * @throws {DecodeError} for an UPDATE that cannot be followed.
 */
export function withoutPathIdentifiers(update: Buffer): Buffer {
  const reader = ByteReader.over(update, 'update')
  reader.skip(HEADER_LENGTH)
  const withdrawn = reader.take(reader.u16())
  const attributes = reader.sub(reader.u16(), 'attributes')
  const path = new ByteWriter()
  let changed = false
  while (attributes.left > 0) {
    const flags = attributes.u8()
    const type = attributes.u8()
    const value = attributes.sub((flags & 0x10) === 0 ? attributes.u8() : attributes.u16(), `attribute-${type}`)
    const list = type === PATH.mpReach || type === PATH.mpUnreach ? nlrisOf(value, type) : undefined
    const bare = list !== undefined && hasPathIdentifiers(list.bytes, list.position, list.end) ? list : undefined
    changed ||= bare !== undefined
    const start = value.position
    path
      .u8(flags | 0x10)
      .u8(type)
      .prefixed(2, (out) => {
        if (bare === undefined) out.bytes(value.bytes.subarray(start, value.end))
        else copyBare(bare, out.bytes(value.bytes.subarray(start, bare.position)))
      })
  }
  if (!changed) return update
  const body = new ByteWriter().u16(withdrawn.length).bytes(withdrawn).u16(path.length).bytes(path.toBytes())
  return encodeMessage(MESSAGE.update, body.bytes(reader.rest()).toBytes())
}

/** A reader that stands at the NLRIs of an MP attribute, when they are link state. */
function nlrisOf(value: ByteReader, type: number): ByteReader | undefined {
  const inner = ByteReader.over(value.bytes.subarray(0, value.end), 'mp')
  inner.position = value.position
  if (inner.u16() !== AFI_LINK_STATE) return undefined
  inner.skip(1)
  if (type === PATH.mpUnreach) return inner
  inner.skip(inner.u8())
  inner.skip(1)
  return inner
}

function copyBare(list: ByteReader, out: ByteWriter): void {
  while (list.left > 0) {
    list.skip(4)
    const type = list.u16()
    const value = list.take(list.u16())
    out.u16(type).u16(value.length).bytes(value)
  }
}
