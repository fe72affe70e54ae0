import type { CaptureOptions } from '@segchain/pcap'
import { SegchainError } from '@segchain/records'
import type { CaptureEvent } from '../capture/bgp-connections.js'
import { looksLikeBmp } from '../capture/bmp-framer.js'
import { encodeMessage, messageAt, type RawMessage } from '../codec/bgp/message.js'
import { BMP_HEADER_LENGTH, bmpMessageAt, type RawBmpMessage } from '../codec/bmp/message.js'
import { MESSAGE } from '../codec/iana/bgp-parameters.js'
import { hexBlocks } from './hex-blocks.js'

/** Whether bytes begin as hexadecimal text does: digits, separators, `0x`, `\\x`, comments, and the text of a dump. */
export function looksLikeHex(head: Buffer): boolean {
  const first = head
    .toString('latin1')
    .split(/\r?\n/)
    .find((line) => !/^\s*(#.*)?$/.test(line))
  return first !== undefined && /^\s*(0x|\\x)?[0-9a-f]{2}([0-9a-f\s:,]|0x|\\x)*(( {2}|[|#])[ -~]*|0|\\)?$/i.test(first)
}

/**
 * BGP or BMP messages in hexadecimal: whole ones, or the bodies of UPDATEs. What may stand in the lines is said at
 * {@link hexBlocks}; empty lines, and what stands behind #, is passed over.
 *
 * @throws {SegchainError} category `data` with the line number.
 */
export async function* readHex(
  lines: AsyncIterable<string>,
  { onDamage }: CaptureOptions = {},
): AsyncGenerator<CaptureEvent> {
  for await (const { hex, line } of hexBlocks(lines)) {
    const bmp = bmpIn(hex)
    if (bmp !== undefined) {
      yield { kind: 'bmp', message: bmp, connection: 1, from: 'hex', to: 'collector' }
      continue
    }
    const message = messageIn(hex, line)
    if (message instanceof SegchainError) {
      if (onDamage === undefined) throw message
      onDamage(message)
      continue
    }
    yield { kind: 'message', message, source: { address: 'hex' }, connection: 0, from: `line ${line}`, to: 'collector' }
  }
}

/** A BMP message says its version and its own length, which the body of an UPDATE cannot by chance. */
function bmpIn(hex: string): RawBmpMessage | undefined {
  const bytes = Buffer.from(hex, 'hex')
  if (bytes.length < BMP_HEADER_LENGTH || bytes.length * 2 !== hex.length || !looksLikeBmp(bytes)) return undefined
  return bytes.readUInt32BE(1) === bytes.length ? bmpMessageAt(bytes, 0) : undefined
}

function messageIn(hex: string, line: number): RawMessage | SegchainError {
  if (!/^([0-9a-fA-F]{2})+$/.test(hex)) return bad(line, 'it is no hexadecimal text')
  const bytes = Buffer.from(hex, 'hex')
  try {
    const message = messageAt(bytes[0] === 0xff ? bytes : encodeMessage(MESSAGE.update, bytes), 0, true)
    return message ?? bad(line, 'the message in it is cut off')
  } catch (error) {
    if (error instanceof SegchainError) return error.at({ line })
    throw error
  }
}

function bad(line: number, message: string): SegchainError {
  return new SegchainError({
    category: 'data',
    code: 'HEX',
    message,
    hint: 'a line is a BGP or BMP message, or the body of an UPDATE, in hexadecimal; a dump has offsets',
    where: { line },
  })
}
