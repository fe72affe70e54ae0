import type { Writable } from 'node:stream'

const FLUSH_BYTES = 64 * 1024

/**
 * Writes text to a stream in few large pieces, with back-pressure: `write` waits while the reader is
 * slow, so that memory stays bounded; what is buffered goes out at the latest with the next turn of
 * the event loop, so that a follower sees every record at once.
 */
export class ByteWriter {
  readonly #stream: Writable
  readonly #signal: AbortSignal
  #pending = ''
  #flushScheduled = false

  constructor(stream: Writable, signal: AbortSignal) {
    this.#stream = stream
    this.#signal = signal
  }

  /** @throws the reason of the abort signal when the reader has gone. */
  async write(text: string): Promise<void> {
    this.#signal.throwIfAborted()
    this.#pending += text
    if (this.#pending.length >= FLUSH_BYTES) {
      await this.#flush()
    } else if (!this.#flushScheduled) {
      this.#flushScheduled = true
      setImmediate(() => {
        this.#flushScheduled = false
        this.#push()
      })
    }
  }

  /** Adds the last text, which an abort does not hold back, and waits until the kernel has taken everything. */
  async end(last = ''): Promise<void> {
    if (this.#pending === '' && last === '' && this.#stream.writableLength === 0) return
    const text = this.#pending + last
    this.#pending = ''
    await new Promise<void>((resolve) => {
      if (this.#signal.reason?.terminationCause === 'EPIPE') return resolve()
      this.#signal.addEventListener('abort', () => {
        if (this.#signal.reason?.terminationCause === 'EPIPE') resolve()
      })
      this.#stream.write(text, () => resolve())
    })
  }

  #push(): boolean {
    if (this.#pending === '') return true
    const text = this.#pending
    this.#pending = ''
    return this.#stream.write(text)
  }

  async #flush(): Promise<void> {
    if (this.#push()) return
    await new Promise<void>((resolve, reject) => {
      const done = (): void => {
        this.#stream.off('drain', done)
        this.#signal.removeEventListener('abort', aborted)
        resolve()
      }
      const aborted = (): void => {
        this.#stream.off('drain', done)
        reject(this.#signal.reason)
      }
      this.#stream.on('drain', done)
      this.#signal.addEventListener('abort', aborted, { once: true })
      if (this.#signal.aborted) aborted()
    })
  }
}
