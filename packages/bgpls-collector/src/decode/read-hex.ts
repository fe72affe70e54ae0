import type { CaptureOptions } from '@segchain/pcap'
import { SegchainError } from '@segchain/records'
import type { CaptureEvent } from '../capture/bgp-connections.js'
import { encodeMessage, messageAt, type RawMessage } from '../codec/bgp/message.js'
import { MESSAGE } from '../codec/iana/bgp-parameters.js'

/** Whether bytes are hexadecimal text (spaces, colons, 0x and comments allowed). */
export function looksLikeHex(head: Buffer): boolean {
  return head.length > 0 && /^(\s*(#.*)?\n)*\s*(0x)?[0-9a-fA-F]{2}[0-9a-fA-F\s:]*$/.test(head.toString('latin1'))
}

/**
 * One BGP message a line, in hexadecimal: a whole message with its marker, or the body of an UPDATE.
 * Empty lines and what stands behind # is passed over.
 *
 * @throws {SegchainError} category `data` with the line number.
 */
export async function* readHex(
  lines: AsyncIterable<string>,
  { onDamage }: CaptureOptions = {},
): AsyncGenerator<CaptureEvent> {
  let number = 0
  for await (const line of lines) {
    number++
    const hex = line.replace(/#.*$/, '').replace(/0x|[\s:]/g, '')
    if (hex === '') continue
    const message = messageIn(hex, number)
    if (message instanceof SegchainError) {
      if (onDamage === undefined) throw message
      onDamage(message)
      continue
    }
    const source = { address: 'hex' }
    yield { kind: 'message', message, connection: 0, from: `line ${number}`, source, to: 'collector' }
  }
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
    hint: 'a line is a BGP message, or the body of an UPDATE, in hexadecimal',
    where: { line },
  })
}
