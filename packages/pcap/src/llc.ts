import { ETHERTYPE, FIRST_ETHERTYPE, type Layer } from './layer.js'

/** DSAP, SSAP and control of SNAP. */
const SNAP = Buffer.from([0xaa, 0xaa, 0x03])
/** DSAP, SSAP and control of IP (RFC 1042 calls it deprecated). */
const IP_SAP = Buffer.from([0x06, 0x06, 0x03])
/** RFC 2427 §4.2: a bridged Ethernet frame, with and without its FCS. */
const BRIDGED = 0x0080c2
const BRIDGED_ETHERNET = new Set([0x0001, 0x0007])

/** Behind LLC (IEEE 802.2): SNAP, or IP of its own number. */
export function insideLlc(bytes: Buffer): Layer | undefined {
  if (startsWith(bytes, IP_SAP)) return { type: ETHERTYPE.ipv4, bytes: bytes.subarray(3) }
  return startsWith(bytes, SNAP) ? insideSnap(bytes.subarray(3)) : undefined
}

/** RFC 1042: an organisation and what it calls the protocol; that of zeros calls it by ethertypes. */
export function insideSnap(bytes: Buffer): Layer | undefined {
  if (bytes.length < 5) return undefined
  const organisation = bytes.readUIntBE(0, 3)
  const type = bytes.readUInt16BE(3)
  if (organisation === BRIDGED && BRIDGED_ETHERNET.has(type)) {
    return { type: ETHERTYPE.ethernet, bytes: bytes.subarray(5) }
  }
  return organisation !== 0 || type < FIRST_ETHERTYPE ? undefined : { type, bytes: bytes.subarray(5) }
}

function startsWith(bytes: Buffer, start: Buffer): boolean {
  return bytes.length >= start.length && bytes.subarray(0, start.length).equals(start)
}
