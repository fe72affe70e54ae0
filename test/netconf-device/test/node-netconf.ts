import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Netconfd } from '../src/index.js'

/** What is used of node-netconf 1.1.2, which has no types. */
interface Client {
  open(done: (error: Error | null) => void): void
  rpc(request: unknown, done: (error: Error | null, reply: unknown) => void): void
  close(done: () => void): void
}

const { Client: NodeNetconf } = createRequire(import.meta.url)('node-netconf') as {
  readonly Client: new (parameters: Record<string, unknown>) => Client
}

/** The running configuration as a client sees it that shares no code with us. Names are as it mangles them: `sr_mpls`. */
export function readWithNodeNetconf(server: Netconfd): Promise<string> {
  const client = new NodeNetconf({
    host: '127.0.0.1',
    port: server.port,
    username: server.user,
    pkey: readFileSync(server.keyFile, 'utf8'),
  })
  return new Promise((resolve, reject) => {
    client.open((failure) => {
      if (failure !== null) return reject(failure)
      client.rpc({ 'get-config': { source: { running: null } } }, (error, reply) => {
        client.close(() => (error === null ? resolve(JSON.stringify(reply)) : reject(error)))
      })
    })
  })
}
