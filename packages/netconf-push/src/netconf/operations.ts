import { SegchainError } from '@segchain/records'
import { NETCONF_BASE, type NetconfSession } from '../rpc/index.js'
import { childOf, tag, type XmlElement } from '../xml/index.js'

export type Datastore = 'running' | 'candidate' | 'startup'

/** RFC 6241 §7.1. @returns the `data` element. */
export async function getConfig(session: NetconfSession, source: Datastore, filter?: string): Promise<XmlElement> {
  const selection = filter === undefined ? '' : tag('filter', { type: 'subtree' }, filter)
  const reply = await session.rpc(
    `get-config of ${source}`,
    `<get-config><source><${source}/></source>${selection}</get-config>`,
  )
  return dataOf(reply, 'get-config')
}

/** RFC 6241 §7.7: configuration and state. */
export async function get(session: NetconfSession, filter: string): Promise<XmlElement> {
  return dataOf(await session.rpc('get', `<get>${tag('filter', { type: 'subtree' }, filter)}</get>`), 'get')
}

function dataOf(reply: XmlElement, operation: string): XmlElement {
  const data = childOf(reply, 'data', reply.namespace)
  if (data !== undefined) return data
  throw new SegchainError({
    category: 'data',
    code: 'REPLY_WITHOUT_DATA',
    message: `the answer to ${operation} has no data element`,
  })
}

/** RFC 6241 §7.2. `config` is serialised XML, where the prefix `nc` means the base namespace. */
export function editConfig(
  session: NetconfSession,
  target: Datastore,
  config: string,
  rollbackOnError: boolean,
): Promise<void> {
  const option = rollbackOnError ? '<error-option>rollback-on-error</error-option>' : ''
  const content = tag('config', { 'xmlns:nc': NETCONF_BASE }, config)
  return session.ok('edit-config', `<edit-config><target><${target}/></target>${option}${content}</edit-config>`)
}

export function lock(session: NetconfSession, target: Datastore): Promise<void> {
  return session.ok(`lock of ${target}`, `<lock><target><${target}/></target></lock>`)
}

export function unlock(session: NetconfSession, target: Datastore): Promise<void> {
  return session.ok(`unlock of ${target}`, `<unlock><target><${target}/></target></unlock>`)
}

export function validate(session: NetconfSession, source: Datastore): Promise<void> {
  return session.ok('validate', `<validate><source><${source}/></source></validate>`)
}

export function discardChanges(session: NetconfSession): Promise<void> {
  return session.ok('discard-changes', '<discard-changes/>')
}

export function commit(session: NetconfSession, timeoutMs: number): Promise<void> {
  return session.ok('commit', '<commit/>', timeoutMs)
}

export function copyConfig(session: NetconfSession, source: Datastore, target: Datastore): Promise<void> {
  return session.ok(
    `copy-config to ${target}`,
    `<copy-config><target><${target}/></target><source><${source}/></source></copy-config>`,
  )
}
