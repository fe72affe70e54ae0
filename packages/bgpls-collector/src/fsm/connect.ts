import { LARGE_HOLD_TIME } from './idle.js'
import { timer } from './leave.js'
import type { FsmEvent, FsmState, SessionConfig, Step } from './types.js'

/** RFC 4271 §8.2.2, Connect: a TCP connection is being made. */
export function connect(state: FsmState, event: FsmEvent, config: SessionConfig): Step {
  switch (event.kind) {
    case 'tcp-up':
      return {
        state: { name: 'open-sent' },
        reason: 'connected',
        effects: [timer('connect-retry', 0), { kind: 'send-open' }, timer('hold', LARGE_HOLD_TIME)],
      }
    case 'tcp-down':
      return {
        state: { name: 'active' },
        reason: event.why,
        effects: [
          { kind: 'close' },
          { kind: 'down', reason: event.why, lost: false },
          timer('connect-retry', config.connectRetry),
        ],
      }
    case 'timer':
      return {
        state,
        reason: 'tries again',
        effects: [{ kind: 'close' }, { kind: 'connect' }, timer('connect-retry', config.connectRetry)],
      }
    case 'stop':
      return { state: { name: 'idle' }, reason: 'stopped', effects: [timer('connect-retry', 0), { kind: 'close' }] }
    default:
      return { state, reason: '', effects: [] }
  }
}
