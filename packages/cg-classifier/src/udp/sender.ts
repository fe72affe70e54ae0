import { createSocket, type Socket } from 'node:dgram'
import { isIP } from 'node:net'
import type { UdpEndpoint } from './endpoint.js'

/**
 * Sends lines to one endpoint, several in a datagram when they are there at the same time (one a datagram with
 * `datagramBytes` 0, as the published VNFs do). What cannot be sent is dropped and counted.
 */
export class LineSender {
  failed = 0
  readonly #socket: Socket
  readonly #limit: number
  /** A connected socket looks its peer up once, not for every datagram. */
  readonly #connected: Promise<void>
  #isConnected = false
  #text = ''
  #lines = 0
  #scheduled = false
  #underWay = 0

  constructor(to: UdpEndpoint, datagramBytes: number) {
    this.#limit = datagramBytes
    this.#socket = createSocket(isIP(to.address) === 6 ? 'udp6' : 'udp4')
    this.#connected = new Promise((resolve) => {
      this.#socket.on('error', () => {
        this.failed++
        resolve()
      })
      this.#socket.connect(to.port, to.address, () => {
        this.#isConnected = true
        resolve()
      })
    })
  }

  /** @param line without line breaks. */
  send(line: string): void {
    if (this.#lines > 0 && this.#text.length + line.length + 1 > this.#limit) this.flush()
    this.#text = this.#lines === 0 ? line : `${this.#text}\n${line}`
    this.#lines++
    if (this.#limit === 0) this.flush()
    else if (!this.#scheduled) {
      this.#scheduled = true
      setImmediate(() => {
        this.#scheduled = false
        this.flush()
      })
    }
  }

  flush(): void {
    if (this.#lines === 0) return
    const [text, lines] = [this.#text, this.#lines]
    this.#text = ''
    this.#lines = 0
    this.#underWay++
    if (this.#isConnected) this.#write(text, lines)
    else this.#connected.then(() => this.#write(text, lines))
  }

  #write(text: string, lines: number): void {
    try {
      this.#socket.send(text, (error) => {
        this.#underWay--
        if (error !== null) this.failed += lines
      })
    } catch {
      // Not connected: the address cannot be reached at all.
      this.#underWay--
      this.failed += lines
    }
  }

  /** Resolves when everything has been handed to the kernel. */
  async close(): Promise<void> {
    this.flush()
    for (let tries = 0; this.#underWay > 0 && tries < 100; tries++) {
      await new Promise<void>((resolve) => setTimeout(resolve, 10))
    }
    this.#socket.close()
  }
}
