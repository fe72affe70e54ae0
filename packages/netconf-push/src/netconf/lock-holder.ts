import { SegchainError } from '@segchain/records'
import { type NetconfSession, RpcRejection } from '../rpc/index.js'
import { childrenOf, textOf, type XmlElement } from '../xml/index.js'
import { get } from './operations.js'

const MONITORING = 'urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'

/**
 * A refused lock with the name of who holds it, where the device can tell (RFC 6022 §2.1.3, sessions);
 * any other error as it is.
 */
export async function nameLockHolder(session: NetconfSession, thrown: unknown): Promise<unknown> {
  if (!(thrown instanceof RpcRejection)) return thrown
  const holder = thrown.errors.find((error) => error.tag === 'lock-denied')?.sessionId
  if (holder === undefined || holder === '0' || !monitors(session)) return thrown
  const who = await describeSession(session, holder).catch(() => undefined)
  if (who === undefined) return thrown
  return new SegchainError({
    category: thrown.category,
    code: thrown.code,
    message: thrown.message,
    hint: `session ${holder} (${who}) holds it: wait for its end`,
    where: thrown.where,
  })
}

function monitors({ capabilities }: NetconfSession): boolean {
  return capabilities.modules.has('ietf-netconf-monitoring') || capabilities.has(MONITORING)
}

async function describeSession(session: NetconfSession, id: string): Promise<string | undefined> {
  const data = await get(session, `<netconf-state xmlns="${MONITORING}"><sessions/></netconf-state>`)
  const found = sessionsOf(data).find((one) => textOf(one, 'session-id') === id)
  if (found === undefined) return undefined
  const [user, host, since] = ['username', 'source-host', 'login-time'].map((leaf) => textOf(found, leaf))
  const parts = [
    user ?? 'unknown user',
    host === undefined ? '' : ` from ${host}`,
    since === undefined ? '' : ` since ${since}`,
  ]
  return parts.join('')
}

function sessionsOf(data: XmlElement): XmlElement[] {
  return childrenOf(data, 'netconf-state', MONITORING)
    .flatMap((state) => childrenOf(state, 'sessions'))
    .flatMap((sessions) => childrenOf(sessions, 'session'))
}
