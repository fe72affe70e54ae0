import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { dirname } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { readBytes } from '@segchain/cli-kit/files'
import { type ErrorCategory, SegchainError, toSegchainError } from '@segchain/records'
import type { Config } from '../config/schema.js'
import { defaults } from '../config/schema.js'
import type { Daemon } from '../daemon/daemon.js'
import { type ApiAnswer, answer } from './routes.js'

/** A plan of 30,000 labels has 4 MB. */
const MAX_BODY = 16 * 1024 * 1024

const STATUS: Readonly<Record<ErrorCategory, number>> = {
  usage: 404,
  data: 400,
  targets: 500,
  connect: 403,
  rejected: 422,
  stale: 412,
  internal: 500,
}

export interface ApiServers {
  /** Where it listens, for people. */
  readonly listening: readonly string[]
  close(): Promise<void>
}

/** Serves the API on the Unix socket, with mutual TLS where the configuration says so, and the metrics. */
export async function serveApi(daemon: Daemon, config: Config, version: string): Promise<ApiServers> {
  const servers: http.Server[] = []
  const listening: string[] = []
  const handler = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    void handle(daemon, version, request, response)
  }
  const path = config.api?.socket ?? defaults.socket
  servers.push(await listenUnix(http.createServer(LIMITS, handler), path))
  listening.push(path)
  const { tls } = config.api ?? {}
  if (tls !== undefined) {
    const { certFile, keyFile, caFile } = tls
    const pem = { cert: await readBytes(certFile), key: await readBytes(keyFile), ca: await readBytes(caFile) }
    const secure = https.createServer(
      { ...LIMITS, ...pem, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' },
      (request, response) => {
        if (isAllowed(request.socket as TLSSocket, tls.clients)) handler(request, response)
        else refuse(response, notAllowed())
      },
    )
    servers.push(await listenTcp(secure, tls.listen))
    listening.push(`https://${addressOf(secure)}`)
  }
  if (config.metrics !== undefined) {
    const metrics = http.createServer(LIMITS, (request, response) => {
      if (request.url === '/metrics') handler(request, response)
      else
        refuse(response, new SegchainError({ category: 'usage', code: 'NO_ROUTE', message: 'there is only /metrics' }))
    })
    servers.push(await listenTcp(metrics, config.metrics.listen))
    listening.push(`http://${addressOf(metrics)}/metrics`)
  }
  return {
    listening,
    async close() {
      for (const server of servers) {
        const closed = new Promise((resolve) => server.close(resolve))
        server.closeAllConnections()
        await closed
      }
    },
  }
}

const LIMITS = { headersTimeout: 10_000, requestTimeout: 60_000, maxHeaderSize: 16_384 }

async function handle(
  daemon: Daemon,
  version: string,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://proxy')
    const path = url.pathname.split('/').filter(Boolean).map(decoded)
    const versioned = path[0] === 'v1' ? path.slice(1) : path[0] === 'metrics' ? path : []
    const ifMatch = request.headers['if-match']
    const given = await answer(daemon, version, {
      method: request.method ?? 'GET',
      path: versioned,
      query: url.searchParams,
      body: await readBody(request),
      ...(ifMatch === undefined ? {} : { ifMatch: ifMatch.replaceAll('"', '') }),
    })
    await send(request, response, given)
  } catch (error) {
    refuse(response, toSegchainError(error))
  }
}

async function send(request: http.IncomingMessage, response: http.ServerResponse, given: ApiAnswer): Promise<void> {
  if ('json' in given) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(given.json))
  } else if ('text' in given) {
    response.writeHead(200, { 'content-type': given.type }).end(given.text)
  } else {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    request.socket.setTimeout(0)
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    response.flushHeaders()
    for await (const line of given.lines(gone.signal)) {
      if (gone.signal.aborted) return
      if (!response.write(`${JSON.stringify(line)}\n`)) {
        await new Promise<void>((resolve) => {
          response.once('drain', resolve)
          response.once('close', resolve)
        })
      }
    }
    response.end()
  }
}

/** @throws {SegchainError} `data`: too long, or no JSON */
async function readBody(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY) {
      throw new SegchainError({
        category: 'data',
        code: 'BODY_TOO_LONG',
        message: `a body has at most ${MAX_BODY} bytes`,
      })
    }
    chunks.push(chunk)
  }
  if (size === 0) return undefined
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch (cause) {
    throw new SegchainError({ category: 'data', code: 'NO_JSON', message: 'the body is no JSON', cause })
  }
}

function refuse(response: http.ServerResponse, error: SegchainError): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(STATUS[error.category], { 'content-type': 'application/json', connection: 'close' })
  response.end(JSON.stringify({ error: error.toJSON() }))
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The certificate is signed by our CA already; its name must be one that may come. */
function isAllowed(socket: TLSSocket, clients: readonly string[]): boolean {
  const names = (socket.getPeerCertificate().subjectaltname ?? '').split(', ')
  return socket.authorized && clients.some((name) => names.includes(`DNS:${name}`))
}

function notAllowed(): SegchainError {
  return new SegchainError({
    category: 'connect',
    code: 'CLIENT_NOT_ALLOWED',
    message: 'this certificate may not come in here',
    hint: 'api.tls.clients of the configuration lists the DNS names that may',
  })
}

/** A socket of a daemon that was killed is in the way; one that answers is another daemon's. */
async function listenUnix(server: http.Server, path: string): Promise<http.Server> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 })
  if (await answers(path)) {
    throw new SegchainError({
      category: 'stale',
      code: 'ALREADY_RUNNING',
      message: `another sr-proxy listens on ${path}`,
      hint: 'systemctl status sr-proxy; a second one needs its own api.socket, pins and state',
    })
  }
  rmSync(path, { force: true })
  // Nobody else can connect between bind and chmod.
  const mask = process.umask(0o177)
  try {
    await listen(server, { path })
  } finally {
    process.umask(mask)
  }
  chmodSync(path, 0o600)
  return server
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.connect(path)
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', () => resolve(false))
  })
}

async function listenTcp<S extends http.Server>(server: S, where: string): Promise<S> {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(where) ?? []
  await listen(server, { host: host.replace(/^\[|\]$/g, ''), port: Number(port) })
  return server
}

function listen(server: http.Server, where: net.ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const at = where.path ?? `${where.host}:${where.port}`
      reject(
        new SegchainError({
          category: 'usage',
          code: 'CANNOT_LISTEN',
          message: `cannot listen on ${at}: ${cause.message}`,
        }),
      )
    })
    server.listen(where, resolve)
  })
}

function addressOf(server: http.Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') return String(address)
  return address.family === 'IPv6' ? `[${address.address}]:${address.port}` : `${address.address}:${address.port}`
}
