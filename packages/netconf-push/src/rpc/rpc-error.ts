import { type ErrorCategory, SegchainError } from '@segchain/records'
import { attributeOf, childOf, textOf, type XmlElement } from '../xml/index.js'
import { NETCONF_BASE } from './namespaces.js'

/** RFC 6241 §4.3. */
export interface RpcError {
  readonly type: string
  readonly tag: string
  readonly severity: 'error' | 'warning'
  readonly appTag?: string
  readonly path?: string
  readonly message?: string
  /** lock-denied: who holds it; `0` is not a NETCONF session. */
  readonly sessionId?: string
  /** bad-element, missing-element and the like. */
  readonly about?: string
}

/** In these of a reply Junos puts what the parts of the device say, errors too. */
const RESULTS = new Set(['commit-results', 'load-configuration-results', 'routing-engine'])

export function rpcErrorsOf(reply: XmlElement): RpcError[] {
  const errors: RpcError[] = []
  for (const child of reply.children) {
    if (child.name === 'rpc-error' && child.namespace === reply.namespace) errors.push(readRpcError(child))
    else if (RESULTS.has(child.name)) errors.push(...rpcErrorsOf(child))
  }
  return errors
}

/** Whether a reply without an error says that it is done. */
export function isDone(reply: XmlElement): boolean {
  // RFC 6241 §4.4: <ok> "if no errors or warnings occurred", so after warnings there need not be one.
  return reply.children.some(
    ({ name, namespace }) =>
      RESULTS.has(name) || (namespace === reply.namespace && (name === 'ok' || name === 'rpc-error')),
  )
}

function readRpcError(element: XmlElement): RpcError {
  const info = childOf(element, 'error-info')
  const about = info?.children.find((child) => child.name.startsWith('bad-') || child.name === 'ok-element')
  const sessionId = info === undefined ? undefined : textOf(info, 'session-id')
  return {
    type: textOf(element, 'error-type') ?? 'application',
    tag: textOf(element, 'error-tag') ?? 'operation-failed',
    severity: textOf(element, 'error-severity') === 'warning' ? 'warning' : 'error',
    ...optional('appTag', textOf(element, 'error-app-tag')),
    ...optional('path', textOf(element, 'error-path')),
    ...optional('message', textOf(element, 'error-message')),
    ...optional('sessionId', sessionId),
    ...optional('about', about?.text.trim()),
  }
}

/** Several errors of one reply as one of ours: the first says what, the message has them all. */
export class RpcRejection extends SegchainError {
  readonly errors: readonly RpcError[]

  constructor(operation: string, errors: readonly RpcError[]) {
    const first = errors[0]
    const tag = first?.tag ?? 'operation-failed'
    const known = treatments[tag]
    super({
      category: known?.category ?? 'rejected',
      code: `RPC_${tag.toUpperCase().replaceAll('-', '_')}`,
      message: `${operation} refused: ${errors.map(describe).join('; ')}`,
      hint: hintOf(first, known?.hint),
      ...(first?.path === undefined ? {} : { where: { path: first.path } }),
    })
    this.errors = errors
  }
}

export function describe(error: RpcError): string {
  const about = error.about === undefined ? '' : ` (${error.about})`
  const app = error.appTag === undefined || error.appTag === 'no-error' ? '' : ` [${error.appTag}]`
  return `${error.message ?? error.tag}${about}${app}`
}

function hintOf(error: RpcError | undefined, hint: string | undefined): string {
  if (error?.tag === 'lock-denied' || error?.tag === 'in-use') {
    const holder = error.sessionId === undefined ? 'another session' : `session ${error.sessionId}`
    return `${error.sessionId === '0' ? 'something that is no NETCONF session (a CLI?)' : holder} holds it: wait for it to end`
  }
  return hint ?? 'the device keeps what it had; correct the intent that the path belongs to'
}

/** The tags of RFC 6241 appendix A that are something else than "the device does not want this". */
const treatments: Readonly<Record<string, { readonly category: ErrorCategory; readonly hint?: string }>> = {
  'lock-denied': { category: 'stale' },
  'in-use': { category: 'stale' },
  'data-exists': { category: 'stale', hint: 'the device was changed since it was read: run it again' },
  'data-missing': { category: 'stale', hint: 'the device was changed since it was read: run it again' },
  'access-denied': {
    category: 'rejected',
    hint: "the device's access control (NACM) must allow this user the operation",
  },
  'resource-denied': { category: 'rejected', hint: 'the device is short of a resource: look at its log' },
  'unknown-namespace': {
    category: 'rejected',
    hint: 'the device does not have this YANG module: check the dialect in its Device intent',
  },
  'operation-not-supported': {
    category: 'rejected',
    hint: 'the device cannot do this: check the dialect in its Device intent',
  },
}

/** The message-id of a reply: some servers put the attribute into the namespace of the element. */
export function messageIdOf(reply: XmlElement): string | undefined {
  return attributeOf(reply, 'message-id') ?? attributeOf(reply, 'message-id', NETCONF_BASE)
}

function optional<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string }
}
