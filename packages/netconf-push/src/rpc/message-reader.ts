import { SegchainError } from '@segchain/records'
import { Deframer, type Framing } from '../framing/index.js'
import { XmlDocumentParser, type XmlElement, type XmlLimits } from '../xml/index.js'
import { Preamble } from './preamble.js'

/**
 * Bytes to messages: the XML parser is fed while the message arrives, so a long reply is never held
 * as text, and its parsing is spread over its arrival.
 */
export class MessageReader {
  readonly #deframer: Deframer
  readonly #limits: XmlLimits | undefined
  #parser: XmlDocumentParser | undefined
  /** Until the hello begins: what stands before it may be a banner, in whatever encoding. */
  #preamble: Preamble | undefined = new Preamble()
  #decoder = new TextDecoder('utf-8')

  constructor(onMessage: (message: XmlElement) => void, limits?: XmlLimits) {
    this.#limits = limits
    this.#deframer = new Deframer({
      data: (bytes) => this.#write(this.#decode(bytes)),
      end: () => {
        this.#write(this.#decode(undefined))
        this.#begin(this.#preamble?.end() ?? '')
        const parser = this.#parser
        this.#parser = undefined
        this.#decoder = new TextDecoder('utf-8', { fatal: true })
        // Only white space between two marks: nothing was said.
        if (parser !== undefined) onMessage(parser.end())
      },
    })
  }

  /** What has come instead of a hello so far. */
  get before(): string {
    return this.#preamble?.text ?? ''
  }

  /** From the next message on; for use inside of `onMessage`. */
  use(framing: Framing): void {
    this.#deframer.use(framing)
  }

  /** @throws {SegchainError} category `data`; nothing can be read after that. */
  push(bytes: Buffer): void {
    this.#deframer.push(bytes)
  }

  #write(text: string): void {
    if (this.#parser === undefined) {
      // Some servers send line feeds before the XML declaration, where none may be.
      const begin = this.#preamble === undefined ? text.trimStart() : this.#preamble.push(text)
      this.#begin(begin)
    } else if (text !== '') this.#parser.write(text)
  }

  #begin(text: string): void {
    if (text === '') return
    this.#preamble = undefined
    this.#parser = new XmlDocumentParser(this.#limits)
    this.#parser.write(text)
  }

  #decode(bytes: Buffer | undefined): string {
    try {
      return bytes === undefined ? this.#decoder.decode() : this.#decoder.decode(bytes, { stream: true })
    } catch (cause) {
      throw new SegchainError({ category: 'data', code: 'ENCODING', message: 'the message is not UTF-8', cause })
    }
  }
}
