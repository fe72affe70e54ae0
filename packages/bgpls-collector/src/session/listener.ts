import { createServer, type Server, type Socket } from 'node:net'
import { SegchainError } from '@segchain/records'
import type { Endpoint } from './endpoint.js'

/** Listens for peers. `onSocket` owns every connection that it gets. */
export class PeerListener {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  constructor(onSocket: (socket: Socket) => void) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
      onSocket(socket)
    })
  }

  /** @returns where it listens; port 0 asks for a free one. @throws {SegchainError} category `connect`. */
  listen({ host, port, fd }: Endpoint): Promise<Endpoint> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', (cause: Error & { code?: string }) =>
        reject(listenError(fd === undefined ? `${host} port ${port}` : `file descriptor ${fd}`, cause)),
      )
      this.#server.listen(fd === undefined ? { host, port } : { fd }, () => {
        const address = this.#server.address()
        const bound = typeof address === 'object' && address !== null ? address : { address: host, port }
        resolve({ host: fd === undefined ? host : bound.address, port: bound.port })
      })
    })
  }

  /** Takes no more connections; those that are there get two seconds to end. */
  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.setTimeout(2000, () => socket.destroy())
  }
}

function listenError(where: string, cause: Error & { code?: string }): SegchainError {
  const hints: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another process listens there: choose another --listen, or stop it',
    EACCES: 'ports below 1024 need CAP_NET_BIND_SERVICE: choose another, as 1179, or give the capability to node',
    EINVAL: 'a file descriptor has to be a socket that listens, handed over by the program that starts this one',
    EBADF: 'no such file descriptor was handed over by the program that starts this one',
    EADDRNOTAVAIL: 'this machine does not have that address',
  }
  const hint = hints[cause.code ?? '']
  return new SegchainError({
    category: 'connect',
    code: 'CANNOT_LISTEN',
    message: `cannot listen on ${where}: ${cause.message}`,
    ...(hint === undefined ? {} : { hint }),
    cause,
  })
}
