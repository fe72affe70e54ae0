import { createSocket } from 'node:dgram'
import { isIP } from 'node:net'
import { SegchainError } from '@segchain/records'
import type { UdpEndpoint } from './endpoint.js'

const RECEIVE_BUFFER = 8 * 1024 * 1024

export interface ListenOptions {
  readonly endpoint: UdpEndpoint
  readonly signal: AbortSignal
  /** One line of a datagram, and who sent it. */
  readonly onLine: (line: string, sender: string) => void
  /** Every 200 ms. */
  readonly onTick?: () => void
  readonly onListening: (endpoint: UdpEndpoint) => void
}

/** Listens until the signal. @throws {SegchainError} category `connect`, code `LISTEN`. */
export async function listen({ endpoint, signal, onLine, onTick, onListening }: ListenOptions): Promise<void> {
  const socket = createSocket(isIP(endpoint.address) === 6 ? 'udp6' : 'udp4')
  const tick = setInterval(() => onTick?.(), 200)
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => resolve(), { once: true })
      if (signal.aborted) resolve()
      socket.on('error', reject)
      socket.on('message', (bytes, { address }) => {
        const text = bytes.toString('latin1')
        if (!text.includes('\n')) return onLine(text, address)
        for (const line of text.split('\n')) if (line !== '') onLine(line, address)
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
  } catch (cause) {
    throw new SegchainError({
      category: 'connect',
      code: 'LISTEN',
      message: `cannot listen on ${endpoint.address}:${endpoint.port}: ${cause instanceof Error ? cause.message : cause}`,
      hint: 'does another process have this port? (ss -lunp shows it)',
      cause,
    })
  } finally {
    clearInterval(tick)
    socket.close()
  }
}
