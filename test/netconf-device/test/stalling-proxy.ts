import { connect, createServer, type Socket } from 'node:net'

export interface StallingProxy {
  readonly port: number
  /** From now on nothing comes through, and nobody is told. */
  stall(): void
  stop(): Promise<void>
}

/** A TCP relay to a port of the loopback address, which can fall silent as a broken path does. */
export async function startStallingProxy(target: number): Promise<StallingProxy> {
  const sockets = new Set<Socket>()
  let stalled = false
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => undefined)
      from.on('data', (bytes) => {
        if (!stalled) to.write(bytes)
      })
      from.on('end', () => {
        if (!stalled) to.end()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    stall: () => {
      stalled = true
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
