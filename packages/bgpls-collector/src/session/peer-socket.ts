import type { Socket } from 'node:net'

const CLOSE_TIMEOUT_MS = 2000

/** Ends a connection so that what was written still goes out, within a bounded time. */
export function closeGently(socket: Socket): void {
  socket.removeAllListeners('data')
  if (socket.connecting) {
    // Nothing was said on it; the kernel would go on asking for minutes.
    socket.destroy()
    return
  }
  // What was written (a NOTIFICATION) still goes out; a peer that never reads, or never stops sending, does not hold us.
  socket.end()
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), CLOSE_TIMEOUT_MS)
  socket.once('close', () => clearTimeout(timer))
}

/** Settles when the socket takes more, or is closed. */
export function roomIn(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done)
      socket.off('close', done)
      resolve()
    }
    socket.on('drain', done)
    socket.on('close', done)
  })
}

/** Why a connection is lost, for a person. */
export function whyLost(error: Error & { code?: string }): string {
  if (error.code === 'ECONNREFUSED') return 'the connection was refused: nothing listens there'
  if (error.code === 'ECONNRESET') return 'the peer reset the connection'
  if (error.code === 'ETIMEDOUT' || error.code === 'EHOSTUNREACH') return 'the peer cannot be reached'
  return error.message
}
