import { timer } from './leave.js'
import type { FsmEvent, FsmState, SessionConfig, Step } from './types.js'

/** RFC 4271 §8.2.2, Idle: waits for its start, or for the end of the idle hold. */
export function idle(state: FsmState, event: FsmEvent, config: SessionConfig): Step {
  if (event.kind === 'tcp-up') {
    return {
      state: { name: 'open-sent' },
      reason: 'the peer connected',
      effects: [timer('connect-retry', 0), { kind: 'send-open' }, timer('hold', LARGE_HOLD_TIME)],
    }
  }
  // Between two attempts: the next one is not made.
  if (event.kind === 'stop') return { state, reason: '', effects: [timer('connect-retry', 0)] }
  const begins = event.kind === 'start' || (event.kind === 'timer' && event.timer === 'connect-retry')
  if (!begins) return { state, reason: '', effects: [] }
  if (config.passive) return { state: { name: 'active' }, reason: 'waits for the peer to connect', effects: [] }
  return {
    state: { name: 'connect' },
    reason: 'connects',
    effects: [{ kind: 'connect' }, timer('connect-retry', config.connectRetry)],
  }
}

/** Seconds; RFC 4271 §8.2.2 suggests 4 minutes until the OPEN of the peer is there. */
export const LARGE_HOLD_TIME = 240
