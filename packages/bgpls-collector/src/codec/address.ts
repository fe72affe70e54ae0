/** IP addresses and prefixes between bytes and their canonical text (RFC 5952 for IPv6). */

export function ipv4Text(bytes: Uint8Array, at = 0): string {
  return `${bytes[at] ?? 0}.${bytes[at + 1] ?? 0}.${bytes[at + 2] ?? 0}.${bytes[at + 3] ?? 0}`
}

export function ipv6Text(bytes: Uint8Array, at = 0): string {
  let zeros = 0
  let start = 0
  let length = 0
  for (let group = 0; group < 8; group++) {
    zeros = bytes[at + 2 * group] === 0 && bytes[at + 2 * group + 1] === 0 ? zeros + 1 : 0
    if (zeros <= length) continue
    length = zeros
    start = group + 1 - zeros
  }
  // RFC 5952 §5: an IPv4-mapped address is written with its dotted tail.
  if (start === 0 && length === 5 && bytes[at + 10] === 0xff && bytes[at + 11] === 0xff) {
    return `::ffff:${ipv4Text(bytes, at + 12)}`
  }
  // RFC 5952 §4.2.2: "::" never stands for one group only.
  if (length < 2) return groupsText(bytes, at, 0, 8)
  return `${groupsText(bytes, at, 0, start)}::${groupsText(bytes, at, start + length, 8)}`
}

/** Groups `from` to `to` of 16 bits, without leading zeros. */
function groupsText(bytes: Uint8Array, at: number, from: number, to: number): string {
  let text = ''
  for (let group = from; group < to; group++) {
    const high = bytes[at + 2 * group] ?? 0
    const low = bytes[at + 2 * group + 1] ?? 0
    if (group > from) text += ':'
    text += high === 0 ? SHORT_HEX[low] : `${SHORT_HEX[high]}${HEX[low]}`
  }
  return text
}

/** An address of 4 or 16 bytes as text. */
export function ipText(bytes: Uint8Array): string {
  return bytes.length === 4 ? ipv4Text(bytes) : ipv6Text(bytes)
}

/** `undefined` when it is not an address in text form. */
export function ipBytes(text: string): Buffer | undefined {
  return text.includes(':') ? ipv6Bytes(text) : ipv4Bytes(text)
}

function ipv4Bytes(text: string): Buffer | undefined {
  if (!/^(0|[1-9][0-9]{0,2})([.](0|[1-9][0-9]{0,2})){3}$/.test(text)) return undefined
  const parts = text.split('.').map(Number)
  return parts.every((part) => part <= 255) ? Buffer.from(parts) : undefined
}

function ipv6Bytes(text: string): Buffer | undefined {
  const dotted = /^(.*:)([0-9.]+)$/.exec(text)
  if (dotted?.[2]?.includes('.') === true) {
    const tail = ipv4Bytes(dotted[2])
    return tail && ipv6Bytes(`${dotted[1]}${tail.readUInt16BE(0).toString(16)}:${tail.readUInt16BE(2).toString(16)}`)
  }
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const groups =
    halves.length === 1
      ? head
      : [...head, ...new Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail]
  if (groups.length !== 8 || !groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  if (halves.length === 2 && head.length + tail.length > 7) return undefined
  const bytes = Buffer.alloc(16)
  groups.forEach((group, index) => {
    bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2)
  })
  return bytes
}

/** Six bytes as an IS-IS system-id, `0000.0000.0001`; more bytes after it as `.02`. */
export function systemIdText(bytes: Uint8Array): string {
  const two = (at: number) => HEX[bytes[at] ?? 0]
  const systemId = `${two(0)}${two(1)}.${two(2)}${two(3)}.${two(4)}${two(5)}`
  return bytes.length === 6 ? systemId : `${systemId}.${hexOf(bytes.subarray(6))}`
}

/** `0` to `ff`. */
const SHORT_HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16))
/** `00` to `ff`. */
const HEX: readonly string[] = SHORT_HEX.map((text) => text.padStart(2, '0'))

/** An IS-IS area address, `49.0001`: the first byte apart, then two by two. */
export function areaAddressText(bytes: Uint8Array): string {
  const hex = hexOf(bytes)
  const groups = [hex.slice(0, 2)]
  for (let at = 2; at < hex.length; at += 4) groups.push(hex.slice(at, at + 4))
  return groups.join('.')
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.isBuffer(bytes) ? bytes.toString('hex') : Buffer.from(bytes).toString('hex')
}
