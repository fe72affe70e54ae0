import { createServer } from 'node:net'
import { type Check, findProgram } from '@segchain/cli-kit/setup'

/** What a collector needs of the machine, besides a network. */
export const machineChecks: readonly Check[] = [
  {
    id: 'bgp-port',
    what: 'the right to listen on the port of BGP, 179',
    look: async () => {
      const code = await listenError(179)
      if (code === undefined) return { outcome: 'ok' }
      if (code === 'EACCES') {
        return {
          outcome: 'missing',
          detail: 'for root only',
          hint: '--listen 127.0.0.1:1179 or another port above 1023; or sysctl net.ipv4.ip_unprivileged_port_start=179',
        }
      }
      const detail = code === 'EADDRINUSE' ? 'somebody listens there' : code
      return { outcome: 'untested', detail, hint: 'ss -ltnp sport = :179 says who; active sessions do not need it' }
    },
  },
  {
    id: 'nft',
    what: 'nft, for --ttl-security',
    look: async () => {
      const path = await findProgram('nft')
      return path === undefined
        ? { outcome: 'missing', hint: 'install nftables; only --ttl-security needs it' }
        : { outcome: 'ok', detail: path }
    },
  },
]

/** On loopback, for a moment. @returns the code of the error, nothing where one could listen. */
function listenError(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)))
  })
}
