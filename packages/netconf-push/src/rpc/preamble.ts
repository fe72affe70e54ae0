import { SegchainError } from '@segchain/records'

/** The XML declaration or the start tag of the hello. */
const BEGIN = /<\?xml\s|<([A-Za-z_][\w.-]*:)?hello[\s>]/
/** As much of it may be at the end of what has come. */
const LONGEST_BEGIN = 64
const MAX_LENGTH = 1024 * 1024

/** What stands before the hello of a server: a banner, the message of the day, with angle brackets of its own. */
export class Preamble {
  #text = ''

  get text(): string {
    return this.#text
  }

  /** @returns the hello from its begin on; nothing as long as it has not begun. @throws {SegchainError} `HELLO` after a megabyte. */
  push(text: string): string {
    const from = Math.max(0, this.#text.length - LONGEST_BEGIN)
    this.#text += text
    const at = this.#text.slice(from).search(BEGIN)
    if (at >= 0) return this.#text.slice(from + at)
    if (this.#text.length <= MAX_LENGTH) return ''
    const message = 'the server has said a megabyte, and no hello'
    throw new SegchainError({ category: 'data', code: 'HELLO', message, hint: 'does NETCONF listen on this port?' })
  }

  /** A message has ended that has no hello in it: its first tag tells what it is. */
  end(): string {
    const at = this.#text.indexOf('<')
    return at < 0 ? '' : this.#text.slice(at)
  }
}
