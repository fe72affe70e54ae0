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
  readonly #to: UdpEndpoint
  readonly #limit: number
  #lines: string[] = []
  #length = 0
  #scheduled = false
  #underWay = 0

  constructor(to: UdpEndpoint, datagramBytes: number) {
    this.#to = to
    this.#limit = datagramBytes
    this.#socket = createSocket(isIP(to.address) === 6 ? 'udp6' : 'udp4')
    this.#socket.on('error', () => {
      this.failed++
    })
  }

  send(line: string): void {
    if (this.#length > 0 && this.#length + line.length + 1 > this.#limit) this.flush()
    this.#lines.push(line)
    this.#length += line.length + 1
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
    if (this.#lines.length === 0) return
    const text = this.#lines.join('\n')
    this.#lines = []
    this.#length = 0
    this.#underWay++
    this.#socket.send(text, this.#to.port, this.#to.address, (error) => {
      this.#underWay--
      if (error !== null) this.failed++
    })
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
