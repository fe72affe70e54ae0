import { ipIn, type Layer } from './layer.js'

/** What `monitor traffic write-file` of Junos puts before each packet: "MGC", then flags. */
const MAGIC = 0x4d4743
const EXTENDED = 0x80
const NO_LINK_LAYER = 0x02
/** Behind a header without link layer: 4 bytes of the family, then IP. */
const FAMILY_BYTES = 4

/**
 * ```
 * | "MGC" | flags | length of the extensions, if flagged (2) | extensions | (the family) | what was captured
 * ```
 * @param inside reads what was captured, unless it was captured above the link layer.
 */
export const insideJuniper =
  (inside: (bytes: Buffer) => Layer | undefined) =>
  (bytes: Buffer): Layer | undefined => {
    if (bytes.length < 6 || bytes.readUIntBE(0, 3) !== MAGIC) return undefined
    const flags = bytes[3] ?? 0
    const body = bytes.subarray((flags & EXTENDED) === 0 ? 4 : 6 + bytes.readUInt16BE(4))
    return (flags & NO_LINK_LAYER) === 0 ? inside(body) : ipIn(body.subarray(FAMILY_BYTES))
  }
