/** A message in hexadecimal digits, and the number of the line that it begins in. */
export interface HexBlock {
  readonly hex: string
  readonly line: number
}

/** 16 bytes of 0xff, the length of all of it, the type: RFC 4271 §4.1. */
const HEADER = /^f{32}([0-9a-f]{4})/i
const MARKER = /^f{32}/i
/** `0000  ff ff … |text|`, `00000000: ffff …  text`: an offset, bytes, and what they are as text. */
const DUMP =
  /^\s*([0-9a-f]{4,8})(?::\s*|\s+)((?:[0-9a-f]{2}){1,2}(?: {1,2}(?:[0-9a-f]{2}){1,2}){0,31})(?:\s*$|\s{2,}.*$|\s*\|.*$)/i

interface DumpLine {
  readonly offset: number
  readonly hex: string
}

function dumpLine(text: string): DumpLine | undefined {
  const [, offset, hex] = DUMP.exec(text) ?? []
  return offset === undefined || hex === undefined
    ? undefined
    : { offset: Number.parseInt(offset, 16), hex: hex.replace(/ /g, '') }
}

/** Digits alone: without comment, separators, `0x` and `\x`. */
function plain(text: string): string {
  return (text.split('#', 1)[0] ?? '').replace(/0x|\\x|[\s:,]/g, '')
}

/**
 * The messages of hexadecimal text: one a line; a BGP message that is broken over lines, the first of which has its
 * header; or a dump with offsets (xxd, hexdump -C, Wireshark), where an offset of 0 begins a message.
 */
export async function* hexBlocks(lines: AsyncIterable<string>): AsyncGenerator<HexBlock> {
  let number = 0
  let open: { line: number; hex: string; wanted: number; first?: DumpLine | undefined; dump: boolean } | undefined
  for await (const text of lines) {
    number++
    const dump = dumpLine(text)
    if (open !== undefined) {
      // That the second offset is the length of the first line shows that they are offsets.
      const bytes: number = (open.first?.hex.length ?? 0) / 2
      if (dump !== undefined && open.first !== undefined && isNext(dump.offset, bytes)) {
        open.first = { offset: 0, hex: open.first.hex + dump.hex }
        open.dump = true
        continue
      }
      const hex: string = plain(text)
      if (!open.dump && open.hex.length < open.wanted && hex !== '' && !MARKER.test(hex)) {
        open.hex += hex
        delete open.first
        continue
      }
      if (hex === '' && !open.dump) continue
      yield closed(open)
      const end: boolean = open.dump && /^\s*[0-9a-f]{4,8}\s*$/i.test(text) && Number.parseInt(text, 16) === bytes
      open = undefined
      // A dump may end with the offset behind its last byte.
      if (end) continue
    }
    const hex = plain(text)
    if (hex === '') continue
    const length = HEADER.exec(hex)?.[1]
    open = { line: number, hex, wanted: length === undefined ? 0 : Number.parseInt(length, 16) * 2, dump: false }
    if (dump?.offset === 0) open.first = dump
  }
  if (open !== undefined) yield closed(open)
}

/** A message has 65,535 bytes at most; with offset 0 another one begins. */
function isNext(offset: number, bytes: number): boolean {
  return bytes > 0 && bytes <= 0xffff && offset === bytes
}

/** A dump of one line is known by what stands beside its bytes only, and by the header of a message. */
function closed({
  line,
  hex,
  first,
  dump,
}: {
  line: number
  hex: string
  first?: DumpLine | undefined
  dump: boolean
}): HexBlock {
  const isDump = first !== undefined && (dump || (MARKER.test(first.hex) && !MARKER.test(hex)))
  return { line, hex: isDump ? first.hex : hex }
}
