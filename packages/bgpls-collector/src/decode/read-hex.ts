import { SegchainError } from '@segchain/records'
import { encodeMessage, messageAt } from '../codec/bgp/message.js'
import { MESSAGE } from '../codec/iana/bgp-parameters.js'
import type { CaptureEvent } from '../pcap/bgp-connections.js'

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
export async function* readHex(lines: AsyncIterable<string>): AsyncGenerator<CaptureEvent> {
  let number = 0
  for await (const line of lines) {
    number++
    const hex = line.replace(/#.*$/, '').replace(/0x|[\s:]/g, '')
    if (hex === '') continue
    if (!/^([0-9a-fA-F]{2})+$/.test(hex)) throw bad(number, 'it is no hexadecimal text')
    const bytes = Buffer.from(hex, 'hex')
    const whole = bytes[0] === 0xff ? bytes : encodeMessage(MESSAGE.update, bytes)
    const message = messageAt(whole, 0, true)
    if (message === undefined) throw bad(number, 'the message in it is cut off')
    yield {
      kind: 'message',
      message,
      connection: 0,
      from: `line ${number}`,
      source: { address: 'hex' },
      to: 'collector',
    }
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
