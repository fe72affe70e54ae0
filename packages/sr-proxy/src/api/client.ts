import http from 'node:http'
import https from 'node:https'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { SegchainError } from '@segchain/records'
import type { Change } from '../daemon/changes.js'
import type { Tables } from '../tables/schema.js'

/** How to reach a daemon: over its socket, or with mutual TLS. */
export type Endpoint =
  | { readonly socket: string }
  | {
      readonly host: string
      readonly port: number
      readonly cert: Buffer
      readonly key: Buffer
      readonly ca: Buffer
      /** The name in its certificate, when that is not the host. */
      readonly serverName?: string
    }

export interface ProxyInfo {
  readonly version: string
  readonly abi: number
  readonly runtime: string
  readonly generation: number
  /** Who has put tables there; `config` is the configuration file. */
  readonly owners: readonly { readonly owner: string; readonly digest: string }[]
  /** Where programs of ours run; `mode`: native, generic, offload, or kept from an earlier run. */
  readonly interfaces: readonly { readonly name: string; readonly role: string; readonly mode: string }[]
  readonly missing: readonly string[]
  /** Sessions are on their way into tables of another size. */
  readonly movingSessions?: boolean
  readonly attachments: readonly string[]
}

/** The API of a daemon. Every trouble is a {@link SegchainError}; what the daemon refused keeps its code. */
export class ProxyClient {
  readonly #endpoint: Endpoint
  readonly #timeoutMs: number

  constructor(endpoint: Endpoint, timeoutMs = 30_000) {
    this.#endpoint = endpoint
    this.#timeoutMs = timeoutMs
  }

  info(): Promise<ProxyInfo> {
    return this.#json('GET', '/v1/info')
  }

  tables(owner: string): Promise<{ readonly tables: Tables; readonly digest: string }> {
    return this.#json('GET', `/v1/tables/${encodeURIComponent(owner)}`)
  }

  /** @param options.ifMatch only when what is there has this digest; `dryRun`: say what would change */
  putTables(
    owner: string,
    tables: Tables,
    options: { readonly ifMatch?: string; readonly dryRun?: boolean } = {},
  ): Promise<{ readonly changes: readonly Change[]; readonly digest: string; readonly generation: number }> {
    const path = `/v1/tables/${encodeURIComponent(owner)}${options.dryRun === true ? '?dryRun' : ''}`
    return this.#json('PUT', path, tables, options.ifMatch === undefined ? {} : { 'if-match': options.ifMatch })
  }

  setInstance(service: string, instance: string, state: 'active' | 'draining'): Promise<unknown> {
    return this.#json('PATCH', `/v1/services/${service}/${encodeURIComponent(instance)}`, { state })
  }

  /** The lines of a list or of `watch`, parsed. */
  async *lines(path: string, signal?: AbortSignal): AsyncGenerator<unknown> {
    yield* await this.open(path, signal)
  }

  /** The same, once the daemon has begun to answer: no event of `watch` is missed from then on. */
  async open(path: string, signal?: AbortSignal): Promise<AsyncGenerator<unknown>> {
    const response = await this.#send('GET', `/v1/${path}`, undefined, {}, signal)
    if (response.statusCode !== 200) throw await refused(response)
    return this.#linesOf(response, signal)
  }

  async *#linesOf(response: http.IncomingMessage, signal: AbortSignal | undefined): AsyncGenerator<unknown> {
    let rest = ''
    try {
      for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
        const lines = (rest + chunk).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) yield JSON.parse(line)
      }
    } catch (cause) {
      if (signal?.aborted) return
      throw gone(this.#endpoint, cause)
    }
  }

  async #json<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const response = await this.#send(method, path, body, headers)
    if (response.statusCode !== 200) throw await refused(response)
    return JSON.parse(await textOf(response)) as T
  }

  #send(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<http.IncomingMessage> {
    const text = body === undefined ? '' : JSON.stringify(body)
    const common = {
      method,
      path,
      headers: {
        ...headers,
        ...(text === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      },
      ...(signal === undefined ? {} : { signal }),
    }
    const endpoint = this.#endpoint
    return new Promise((resolve, reject) => {
      const request =
        'socket' in endpoint
          ? http.request({ ...common, socketPath: endpoint.socket })
          : https.request({
              ...common,
              host: endpoint.host,
              port: endpoint.port,
              cert: endpoint.cert,
              key: endpoint.key,
              ca: endpoint.ca,
              minVersion: 'TLSv1.3',
              agent: false,
              ...(endpoint.serverName === undefined ? {} : { servername: endpoint.serverName }),
              ...(endpoint.serverName === undefined ? {} : { checkServerIdentity: identityOf(endpoint.serverName) }),
            })
      const timer = setTimeout(
        () => request.destroy(new Error(`no answer within ${this.#timeoutMs / 1000} s`)),
        this.#timeoutMs,
      )
      request.once('response', (response) => {
        clearTimeout(timer)
        resolve(response)
      })
      request.once('error', (cause) => {
        clearTimeout(timer)
        reject(gone(endpoint, cause))
      })
      request.end(text)
    })
  }
}

function identityOf(name: string) {
  return (_host: string, certificate: PeerCertificate): Error | undefined => checkServerIdentity(name, certificate)
}

async function refused(response: http.IncomingMessage): Promise<SegchainError> {
  const text = await textOf(response)
  try {
    const { error } = JSON.parse(text)
    const { code, category, message, hint, path } = error
    // What the daemon does not know is a trouble of its version, not of our flags.
    const kind = code === 'NO_ROUTE' ? 'rejected' : category === 'internal' ? 'rejected' : category
    return new SegchainError({
      category: kind,
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(path === undefined ? {} : { where: { path } }),
    })
  } catch {
    return new SegchainError({
      category: 'connect',
      code: 'NOT_SR_PROXY',
      message: `what answers there is no sr-proxy (HTTP ${response.statusCode})`,
    })
  }
}

async function textOf(response: http.IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) text += chunk
  return text
}

function gone(endpoint: Endpoint, cause: unknown): SegchainError {
  const where = 'socket' in endpoint ? endpoint.socket : `${endpoint.host}:${endpoint.port}`
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const message = cause instanceof Error ? cause.message : String(cause)
  const hint =
    code === 'ENOENT' || code === 'ECONNREFUSED'
      ? 'is sr-proxy running? systemctl status sr-proxy'
      : code === 'EACCES'
        ? 'the socket belongs to root: sudo, or mutual TLS over TCP'
        : /CERT|TLS|SSL|SELF_SIGNED|ERR_TLS/.test(code)
          ? 'the certificate, its name and its CA must fit: certFile, keyFile, caFile, serverName of the Device'
          : undefined
  return new SegchainError({
    category: 'connect',
    code: code === '' ? 'NO_ANSWER' : code.replace(/^ERR_/, ''),
    message: `${where}: ${message}`,
    ...(hint === undefined ? {} : { hint }),
    cause,
  })
}
