import { isIPv4 } from 'node:net'

/** 4 or 16 bytes of an address that `node:net` takes for one; a zone is passed over. */
export function addressBytes(text: string): Buffer {
  if (isIPv4(text)) return Buffer.from(text.split('.').map(Number))
  const [plain = ''] = text.split('%')
  const [before = '', after] = plain.split('::')
  const head = groups(before)
  const tail = after === undefined ? [] : groups(after)
  const bytes = Buffer.alloc(16)
  bytes.set(head, 0)
  bytes.set(tail, 16 - tail.length)
  return bytes
}

function groups(text: string): number[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number)
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 255]
  })
}

/** Canonical text (RFC 5952 §4): lower case, the longest run of at least two zero groups as `::`, the first of equals. */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.')
  const words = Array.from({ length: 8 }, (_, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0))
  let best = { start: 0, length: 1 }
  for (let start = 0; start < 8; start++) {
    let length = 0
    while (start + length < 8 && words[start + length] === 0) length++
    if (length > best.length) best = { start, length }
  }
  const text = (list: readonly number[]): string => list.map((word) => word.toString(16)).join(':')
  if (best.length < 2) return text(words)
  return `${text(words.slice(0, best.start))}::${text(words.slice(best.start + best.length))}`
}
