import { SegchainError } from '@segchain/records/error'
import { ipBytes } from './codec/address.js'
import type { SessionConfig } from './fsm/types.js'

export interface SessionFlags {
  readonly 'local-as': number
  readonly 'router-id': string
  readonly 'peer-as'?: number | undefined
  readonly 'hold-time': number
  readonly 'connect-retry': string
}

/** @throws {SegchainError} category `usage`. */
export function sessionConfig(flags: SessionFlags): Omit<SessionConfig, 'passive'> {
  const bgpId = flags['router-id']
  if (ipBytes(bgpId)?.length !== 4 || bgpId === '0.0.0.0') {
    throw usage(`--router-id ${JSON.stringify(bgpId)} is no BGP Identifier`, 'as 192.0.2.1; not 0.0.0.0 (RFC 6286)')
  }
  const holdTime = flags['hold-time']
  if (holdTime === 1 || holdTime === 2) throw usage(`--hold-time ${holdTime}: 0, or 3 and more (RFC 4271 §4.2)`)
  const peerAsn = flags['peer-as']
  return {
    localAsn: flags['local-as'],
    bgpId,
    holdTime,
    connectRetry: seconds(flags['connect-retry'], '--connect-retry'),
    ...(peerAsn === undefined ? {} : { peerAsn }),
  }
}

/** A duration of a flag: seconds, fractions allowed, more than 0. */
export function seconds(text: string, flag: string): number {
  const value = /^[0-9]+([.][0-9]+)?$/.test(text) ? Number(text) : 0
  if (value > 0 && value <= 1_000_000) return value
  throw usage(`${flag} ${JSON.stringify(text)} is no number of seconds`, 'as 3 or 0.5')
}

function usage(message: string, hint?: string): SegchainError {
  return new SegchainError({ category: 'usage', code: 'USAGE', message, ...(hint === undefined ? {} : { hint }) })
}
