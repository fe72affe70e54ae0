import { SegchainError } from '@segchain/records'
import { childOf, childrenOf, escapeText, textOf, type XmlElement } from '../xml/index.js'
import { Capabilities, capability } from './capabilities.js'
import { isBase, NETCONF_BASE } from './namespaces.js'

/** What we announce: both framings (RFC 6241 §8.1). */
export function clientHello(uris: readonly string[] = [capability.base10, capability.base11]): string {
  const list = uris.map((uri) => `<capability>${escapeText(uri)}</capability>`).join('')
  return `<?xml version="1.0" encoding="UTF-8"?><hello xmlns="${NETCONF_BASE}"><capabilities>${list}</capabilities></hello>`
}

export interface ServerHello {
  readonly capabilities: Capabilities
  readonly sessionId: string
}

/**
 * @throws {SegchainError} category `data`, code `HELLO`: not a hello, no session-id, or no version
 * in common (RFC 6241 §8.1: the session is then to be closed).
 */
export function readHello(message: XmlElement): ServerHello {
  const capabilities = message.name === 'hello' ? childOf(message, 'capabilities') : undefined
  if (capabilities === undefined || !isBase(message.namespace)) {
    throw helloError(`the server began with <${message.name}> instead of a NETCONF hello`)
  }
  const found = new Capabilities(childrenOf(capabilities, 'capability').map((item) => item.text.trim()))
  if (!found.has(capability.base10) && !found.has(capability.base11)) {
    throw helloError('the server announces neither NETCONF 1.0 nor 1.1')
  }
  const sessionId = textOf(message, 'session-id')
  if (sessionId === undefined || sessionId === '') throw helloError('the hello of the server has no session-id')
  return { capabilities: found, sessionId }
}

function helloError(message: string): SegchainError {
  return new SegchainError({ category: 'data', code: 'HELLO', message })
}
