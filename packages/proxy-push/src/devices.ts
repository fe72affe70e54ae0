import { SegchainError } from '@segchain/records'
import { LineCounter, parseAllDocuments } from 'yaml'

/** How the proxy of a Device is reached: `spec.proxy` of its intent. */
export interface ProxyDevice {
  readonly name: string
  /** Path of a Unix socket on this host. */
  readonly socket?: string
  /** `host:port`, with mutual TLS. */
  readonly address?: string
  readonly certFile?: string
  readonly keyFile?: string
  readonly caFile?: string
  /** The name in its certificate, when that is not the host. */
  readonly serverName?: string
  readonly file: string
  readonly line: number
}

/**
 * The proxies of the Device intents in one YAML file; what is no Device or has no proxy is passed over.
 *
 * @throws {SegchainError} category `data`, with file and line
 */
export function parseProxyDevices(text: string, file: string): ProxyDevice[] {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' })
  if (!Array.isArray(documents)) return []
  return documents.flatMap((document): ProxyDevice[] => {
    const [syntax] = document.errors
    if (syntax !== undefined) {
      throw deviceError('YAML_SYNTAX', syntax.message, file, lines.linePos(syntax.pos[0]).line)
    }
    const line = lines.linePos(document.contents?.range?.[0] ?? 0).line
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    if (!isRecord(value) || value.kind !== 'Device' || !isRecord(value.spec) || value.spec.proxy === undefined)
      return []
    const name = isRecord(value.metadata) ? value.metadata.name : undefined
    if (typeof name !== 'string' || name === '')
      throw deviceError('DEVICE_NAME', 'a Device needs metadata.name', file, line)
    return [readProxy(name, value.spec.proxy, file, line)]
  })
}

function readProxy(name: string, proxy: unknown, file: string, line: number): ProxyDevice {
  const bad = (message: string): SegchainError =>
    deviceError('DEVICE_FIELD', `proxy of Device ${name}: ${message}`, file, line)
  if (!isRecord(proxy)) throw bad('is an object')
  const known = ['socket', 'address', 'certFile', 'keyFile', 'caFile', 'serverName']
  const fields: Record<string, string> = {}
  for (const [key, value] of Object.entries(proxy)) {
    if (!known.includes(key)) throw bad(`there is no field ${key} (there are: ${known.join(', ')})`)
    if (typeof value !== 'string' || value === '') throw bad(`${key} is a text`)
    fields[key] = value
  }
  if ((fields.socket === undefined) === (fields.address === undefined)) throw bad('has either socket or address')
  if (fields.address !== undefined) {
    if (!/^(\[[0-9a-fA-F:.]+\]|[^:\s]+):[0-9]{1,5}$/.test(fields.address)) throw bad('address is host:port')
    for (const key of ['certFile', 'keyFile', 'caFile'])
      if (fields[key] === undefined) throw bad(`${key} is missing: TCP wants mutual TLS`)
  }
  return { name, file, line, ...fields }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function deviceError(code: string, message: string, file: string, line: number): SegchainError {
  return new SegchainError({ category: 'data', code, message, where: { file, line } })
}
