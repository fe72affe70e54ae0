const IPV4 = 0x0800
const IPV6 = 0x86dd
/** 802.1Q, 802.1ad, and what was used before it. */
const VLAN = new Set([0x8100, 0x88a8, 0x9100, 0x9200])
const MPLS = new Set([0x8847, 0x8848])
const PPPOE_SESSION = 0x8864
/** Below this it is a length (IEEE 802.3), and the type stands in an LLC/SNAP header. */
const FIRST_ETHERTYPE = 0x0600
/** DSAP, SSAP and control of SNAP, and an organisation of zeros (RFC 1042). */
const SNAP = Buffer.from([0xaa, 0xaa, 0x03, 0, 0, 0])

/** PPP protocol numbers (RFC 1332, 5072, 3032) as ethertypes. */
const BY_PPP = new Map([
  [0x0021, IPV4],
  [0x0057, IPV6],
  [0x0281, 0x8847],
  [0x0283, 0x8848],
])

/** The IP packet behind an ethertype. @param at where that is; @param body where what it names begins. */
export function afterEthertype(bytes: Buffer, at: number, body: number): Buffer | undefined {
  let typeAt = at
  let bodyAt = body
  while (bytes.length >= bodyAt && bytes.length >= typeAt + 2) {
    const type = bytes.readUInt16BE(typeAt)
    if (!VLAN.has(type)) return payloadOf(type, bytes.subarray(bodyAt))
    // A VLAN tag is 2 bytes, then the next ethertype.
    typeAt = bodyAt + 2
    bodyAt += 4
  }
  return undefined
}

/** The IP packet in what an ethertype names. */
export function payloadOf(type: number, bytes: Buffer): Buffer | undefined {
  if (type === IPV4 || type === IPV6) return bytes
  if (MPLS.has(type)) return behindLabels(bytes)
  // RFC 2516 §4: version and type, code, session, length, then PPP without its framing.
  if (type === PPPOE_SESSION) return bytes.length < 8 ? undefined : ethertypeOfPpp(bytes.subarray(6))
  return type < FIRST_ETHERTYPE ? afterSnap(bytes) : undefined
}

/** The IP packet behind LLC and SNAP. */
export function afterSnap(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 8 || !bytes.subarray(0, 6).equals(SNAP)) return undefined
  const type = bytes.readUInt16BE(6)
  return type < FIRST_ETHERTYPE ? undefined : afterEthertype(bytes, 6, 8)
}

/** The IP packet behind PPP, with or without address and control (RFC 1662 §3.1), its protocol compressed or not. */
export function ethertypeOfPpp(bytes: Buffer): Buffer | undefined {
  const framed = bytes[0] === 0xff && bytes[1] === 0x03
  const at = framed ? 2 : 0
  if (bytes.length < at + 2) return undefined
  // RFC 1661 §6.5: the low bit says that this byte is the last one.
  const width = ((bytes[at] ?? 0) & 1) === 1 ? 1 : 2
  const type = BY_PPP.get(width === 1 ? (bytes[at] ?? 0) : bytes.readUInt16BE(at))
  return type === undefined ? undefined : payloadOf(type, bytes.subarray(at + width))
}

const LABEL_BYTES = 4
const CONTROL_WORD = 4

/**
 * RFC 3032 §2.1: labels to the one with the S bit. Nothing says what is behind them: IP begins with its version, and
 * a pseudowire with a control word of Ethernet (RFC 4385 §3) with 0.
 */
function behindLabels(bytes: Buffer): Buffer | undefined {
  for (let at = 0; at + LABEL_BYTES <= bytes.length; at += LABEL_BYTES) {
    if (((bytes[at + 2] ?? 0) & 1) === 0) continue
    const inner = bytes.subarray(at + LABEL_BYTES)
    const version = (inner[0] ?? 0) >> 4
    if (version === 4 || version === 6) return inner
    return version === 0 ? afterEthertype(inner, CONTROL_WORD + 12, CONTROL_WORD + 14) : undefined
  }
  return undefined
}
