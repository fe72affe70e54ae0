// 64-byte frames.
const mac = (text) => Buffer.from(text.replaceAll(':', ''), 'hex')

function ipv4(payload) {
  const header = Buffer.from([0x45, 0, 0, 28 + payload, 0, 1, 0, 0, 64, 17, 0, 0, 10, 1, 0x10, 0, 10, 2, 0x20, 0])
  let sum = 0
  for (let at = 0; at < 20; at += 2) sum += header.readUInt16BE(at)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  header.writeUInt16BE(~sum & 0xffff, 10)
  const udp = Buffer.alloc(8 + payload)
  udp.writeUInt16BE(1024, 0)
  udp.writeUInt16BE(9, 2)
  udp.writeUInt16BE(8 + payload, 4)
  return Buffer.concat([header, udp])
}

const entry = (label, bottom) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(((label << 12) | (bottom << 8) | 64) >>> 0)
  return bytes
}

export const LABEL = 1000
export const NEXT = 2000

export function mplsFrame({ m0, g0 }) {
  return Buffer.concat([mac(m0), mac(g0), Buffer.from([0x88, 0x47]), entry(LABEL, 0), entry(NEXT, 1), ipv4(14)])
}

export function ipv4Frame({ m0, g0 }) {
  return Buffer.concat([mac(m0), mac(g0), Buffer.from([0x08, 0x00]), ipv4(22)])
}
