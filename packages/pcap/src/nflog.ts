import { ipIn, type Layer } from './layer.js'

const PAYLOAD = 9

/** Family, version, resource; then attributes: length (of all of it, without padding), type, both in host order. */
export function insideNflog(bytes: Buffer): Layer | undefined {
  for (let at = 4; at + 4 <= bytes.length; ) {
    const little = bytes.readUInt16LE(at)
    // Written by a host of either byte order; a length has few bits in its high byte.
    const swapped = little > bytes.length - at
    const length = swapped ? bytes.readUInt16BE(at) : little
    const type = swapped ? bytes.readUInt16BE(at + 2) : bytes.readUInt16LE(at + 2)
    if (length < 4) return undefined
    if (type === PAYLOAD) return ipIn(bytes.subarray(at + 4, at + length))
    at += (length + 3) & ~3
  }
  return undefined
}
