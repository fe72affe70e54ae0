/** What an IP packet carries, behind its header and extension headers. */
export interface UpperLayer {
  readonly protocol: number
  /** Where it begins. */
  readonly at: number
  /** Part of a packet: the first of several, or a later one. */
  readonly fragment: boolean
  /** A part that does not begin with the header of the upper layer. */
  readonly later: boolean
}

/** Hop-by-hop, routing, destination options, mobility, HIP, shim6: the next header, a length in units of 8 bytes less one. */
const EXTENSION = new Set([0, 43, 60, 135, 139, 140])
const FRAGMENT = 44
/** RFC 4302 §2.2: its length counts units of 4 bytes less two. */
const AUTHENTICATION = 51
const MAX_EXTENSIONS = 8

/** `undefined` for what is no IP packet, or is cut off inside its headers. */
export function upperLayerOf(ip: Buffer): UpperLayer | undefined {
  const version = (ip[0] ?? 0) >> 4
  if (version === 4) return ofIpv4(ip)
  return version === 6 ? ofIpv6(ip) : undefined
}

function ofIpv4(ip: Buffer): UpperLayer | undefined {
  const at = ((ip[0] ?? 0) & 0x0f) * 4
  if (at < 20 || ip.length < at) return undefined
  const flags = ip.readUInt16BE(6)
  const part = { fragment: (flags & 0x3fff) !== 0, later: (flags & 0x1fff) !== 0 }
  const protocol = ip[9] ?? 0
  if (protocol !== AUTHENTICATION || part.later) return { protocol, at, ...part }
  if (ip.length < at + 8) return undefined
  return { protocol: ip[at] ?? 0, at: at + ((ip[at + 1] ?? 0) + 2) * 4, ...part }
}

function ofIpv6(ip: Buffer): UpperLayer | undefined {
  if (ip.length < 40) return undefined
  let protocol = ip[6] ?? 0
  let at = 40
  let fragment = false
  let later = false
  for (let count = 0; count < MAX_EXTENSIONS && !later; count++) {
    const isFragment = protocol === FRAGMENT
    if (!isFragment && protocol !== AUTHENTICATION && !EXTENSION.has(protocol)) break
    if (ip.length < at + 8) return undefined
    const next = ip[at] ?? 0
    if (isFragment) {
      // One with offset 0 and no more behind it is whole (RFC 6946).
      fragment ||= (ip.readUInt16BE(at + 2) & 0xfff9) !== 0
      later = (ip.readUInt16BE(at + 2) & 0xfff8) !== 0
    }
    const units = ip[at + 1] ?? 0
    if (isFragment) at += 8
    else at += protocol === AUTHENTICATION ? (units + 2) * 4 : (units + 1) * 8
    protocol = next
  }
  return { protocol, at, fragment, later }
}

/** Where the packet ends as its header says; a length of 0 is one captured before segmentation was offloaded, or a jumbogram. */
export function endOf(ip: Buffer): number {
  if ((ip[0] ?? 0) >> 4 === 4) return ip.readUInt16BE(2) || ip.length
  const payload = ip.readUInt16BE(4)
  return payload === 0 ? ip.length : 40 + payload
}
