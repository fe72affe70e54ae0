import { createServer, type Server } from 'node:http'
import { SegchainError } from '@segchain/records'
import type { Endpoint } from '../session/endpoint.js'
import { endpointText } from '../session/endpoint.js'

/** Serves the metrics page at /metrics. @throws {SegchainError} category `connect`. */
export async function serveMetrics(endpoint: Endpoint, page: () => string): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end('see /metrics\n')
      return
    }
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(page())
  })
  server.headersTimeout = 5000
  server.requestTimeout = 5000
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new SegchainError({
          category: 'connect',
          code: 'CANNOT_LISTEN',
          message: `cannot serve metrics on ${endpointText(endpoint)}: ${cause.message}`,
          cause,
        }),
      ),
    )
    server.listen({ host: endpoint.host, port: endpoint.port }, resolve)
  })
  return server
}
