import { createSocket } from 'node:dgram'
import { isIP } from 'node:net'
import { SegchainError } from '@segchain/records'
import { endpointText, senderAddress, type UdpEndpoint } from './endpoint.js'
import { kernelDrops } from './kernel-drops.js'

const RECEIVE_BUFFER = 8 * 1024 * 1024
/** Nobody who goes on sending can keep a service from its end. */
const DRAIN_MS = 2000

export interface ListenOptions {
  readonly endpoint: UdpEndpoint
  readonly signal: AbortSignal
  /** One line of a datagram, and who sent it. */
  readonly onLine: (line: string, sender: string) => void
  /** Every 200 ms. */
  readonly onTick?: () => void
  readonly onListening: (endpoint: UdpEndpoint) => void
}

/**
 * Listens until the signal.
 * @returns how many datagrams the kernel dropped before we saw them, where it tells (Linux).
 * @throws {SegchainError} category `connect`, code `LISTEN`.
 */
export async function listen(options: ListenOptions): Promise<{ readonly 'dropped-by-kernel'?: number }> {
  const { endpoint, signal, onLine, onTick, onListening } = options
  const socket = createSocket(isIP(endpoint.address) === 6 ? 'udp6' : 'udp4')
  const tick = setInterval(() => onTick?.(), 200)
  let received = 0
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => resolve(), { once: true })
      if (signal.aborted) resolve()
      socket.on('error', reject)
      socket.on('message', (bytes, { address }) => {
        const text = bytes.toString('utf8')
        received++
        const sender = senderAddress(address)
        if (!text.includes('\n')) return onLine(text, sender)
        for (const line of text.split('\n')) if (line !== '') onLine(line, sender)
      })
      socket.bind(endpoint.port, endpoint.address, () => {
        try {
          socket.setRecvBufferSize(RECEIVE_BUFFER)
        } catch {
          // The kernel gives what it allows; a smaller buffer drops earlier under bursts.
        }
        onListening({ address: socket.address().address, port: socket.address().port })
      })
    })
    await drained(() => received)
    const drops = await kernelDrops(socket.address().port)
    return drops === undefined ? {} : { 'dropped-by-kernel': drops }
  } catch (cause) {
    throw new SegchainError({
      category: 'connect',
      code: 'LISTEN',
      message: `cannot listen on ${endpointText(endpoint)}: ${cause instanceof Error ? cause.message : cause}`,
      hint: 'does another process have this port? (ss -lunp shows it)',
      cause,
    })
  } finally {
    clearInterval(tick)
    socket.close()
  }
}

/** What has arrived before the signal is still read: a turn of the event loop without a datagram says that it is all. */
async function drained(received: () => number): Promise<void> {
  const end = performance.now() + DRAIN_MS
  for (let before = -1; before !== received() && performance.now() < end; ) {
    before = received()
    for (let turn = 0; turn < 2; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
  }
}
