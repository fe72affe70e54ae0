import { SegchainError } from '@segchain/records'
import { type Document, isNode, LineCounter, parseAllDocuments } from 'yaml'
import { type InventoryDevice, NETCONF_PORT, SSH_PORT } from './device.js'

/**
 * The Device intents of one YAML file; other intents in it are passed over.
 *
 * @throws {SegchainError} category `data`, with file and line.
 */
export function parseDevices(text: string, file: string, defaultUser: string): InventoryDevice[] {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' })
  if (!Array.isArray(documents)) return []
  return documents.flatMap((document) => {
    const syntax = document.errors[0]
    if (syntax !== undefined)
      throw inventoryError('YAML_SYNTAX', syntax.message, file, lines.linePos(syntax.pos[0]).line)
    const line = lines.linePos(document.contents?.range?.[0] ?? 0).line
    const value: unknown = toPlain(document, file, line)
    return isRecord(value) && value.kind === 'Device' ? readDevice(value, document, lines, file, line, defaultUser) : []
  })
}

function readDevice(
  value: Record<string, unknown>,
  document: Document,
  lines: LineCounter,
  file: string,
  line: number,
  defaultUser: string,
): InventoryDevice[] {
  const spec = isRecord(value.spec) ? value.spec : {}
  const metadata = isRecord(value.metadata) ? value.metadata : {}
  const name = metadata.name
  if (typeof name !== 'string' || name === '')
    throw inventoryError('DEVICE_NAME', 'a Device needs metadata.name', file, line)
  const lineOf = (key: string): number => {
    const node = document.getIn(['spec', key], true)
    return isNode(node) && node.range ? lines.linePos(node.range[0]).line : line
  }
  const text = (key: string): string | undefined => {
    const field = spec[key]
    if (field === undefined || (typeof field === 'string' && field !== '')) return field
    throw inventoryError('DEVICE_FIELD', `${key} of Device ${name} is a text`, file, lineOf(key))
  }
  /** Part of a command line on the device, or of its configuration. */
  const word = (key: string): string | undefined => {
    const field = text(key)
    if (field === undefined || /^[A-Za-z0-9_.-]{1,64}$/.test(field)) return field
    throw inventoryError(
      'DEVICE_FIELD',
      `${key} of Device ${name} has letters, digits, dots and dashes only`,
      file,
      lineOf(key),
    )
  }
  const policies = (): InventoryDevice['policies'] => {
    const field = text('policies')
    if (field === undefined || field === 'config' || field === 'pcep' || field === 'elsewhere') return field
    const message = `policies of Device ${name} is config, pcep or elsewhere`
    throw inventoryError('DEVICE_FIELD', message, file, lineOf('policies'))
  }
  const port = spec.port ?? (spec.dialect === 'frr' ? SSH_PORT : NETCONF_PORT)
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65535) {
    throw inventoryError('DEVICE_FIELD', `port of Device ${name} is a number from 1 to 65535`, file, lineOf('port'))
  }
  const address = text('address')
  // A node that only the compiler needs to know: nothing to push to.
  if (address === undefined) return []
  const optional = {
    node: text('node'),
    dialect: text('dialect'),
    keyFile: text('keyFile'),
    passwordFile: text('passwordFile'),
    jumpHost: text('jumpHost'),
    pathspace: word('pathspace'),
    policies: policies(),
  }
  return [
    {
      name,
      address,
      port,
      user: text('user') ?? defaultUser,
      igpInstance: word('igpInstance') ?? 'default',
      file,
      line,
      ...Object.fromEntries(Object.entries(optional).filter(([, field]) => field !== undefined)),
    },
  ]
}

function toPlain(document: Document, file: string, line: number): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (cause) {
    throw inventoryError('YAML_SYNTAX', cause instanceof Error ? cause.message : String(cause), file, line)
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function inventoryError(code: string, message: string, file: string, line: number): SegchainError {
  return new SegchainError({ category: 'data', code, message, where: { file, line } })
}
