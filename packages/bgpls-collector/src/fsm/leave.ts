import { describeNotification, type Notification } from '../codec/bgp/notification.js'
import type { Effect, FsmEvent, SessionConfig, Step } from './types.js'

export const timer = (name: 'connect-retry' | 'hold' | 'keepalive', seconds: number): Effect => ({
  kind: 'timer',
  timer: name,
  seconds,
})

const quiet: readonly Effect[] = [timer('hold', 0), timer('keepalive', 0), timer('connect-retry', 0)]

/**
 * To Idle, as every error of RFC 4271 §8.2.2 ends: timers stopped, TCP closed, told to the owner. A
 * session that connects by itself tries again after the retry time (its idle hold).
 */
export function toIdle(
  reason: string,
  config: SessionConfig,
  options: { readonly notification?: Notification; readonly again?: boolean; readonly lost?: boolean } = {},
): Step {
  const { notification, again = true, lost = false } = options
  return {
    state: { name: 'idle' },
    reason,
    effects: [
      ...quiet,
      ...(notification === undefined ? [] : [{ kind: 'notify', notification } as const]),
      { kind: 'close' },
      { kind: 'down', reason, lost },
      ...(again && !config.passive ? [timer('connect-retry', config.connectRetry)] : []),
    ],
  }
}

/**
 * What all states with a TCP connection do alike.
 * @returns undefined when the state has its own answer.
 */
export function common(event: FsmEvent, config: SessionConfig): Step | undefined {
  switch (event.kind) {
    case 'stop':
      return toIdle('stopped', config, {
        notification: event.notification ?? { code: 6, subcode: 2 },
        again: false,
      })
    case 'tcp-down':
      return toIdle(event.why, config, { lost: true })
    case 'notification':
      return toIdle(`the peer said: ${describeNotification(event.notification)}`, config)
    case 'broken':
      return toIdle(event.why, config, { notification: event.notification })
    case 'timer':
      if (event.timer !== 'hold') return undefined
      return toIdle('nothing was heard within the hold time', config, { notification: { code: 4, subcode: 0 } })
    default:
      return undefined
  }
}

/** RFC 4271 §6.6, with the subcodes of RFC 6608 §4: 1 OpenSent, 2 OpenConfirm, 3 Established. */
export function unexpected(event: FsmEvent, subcode: 1 | 2 | 3, config: SessionConfig): Step {
  const state = ['OpenSent', 'OpenConfirm', 'Established'][subcode - 1]
  return toIdle(`an unexpected ${event.kind} in ${state}`, config, { notification: { code: 5, subcode } })
}
