import { LARGE_HOLD_TIME } from './idle.js'
import { timer } from './leave.js'
import type { Effect, FsmEvent, FsmState, SessionConfig, Step } from './types.js'

const NO_ANSWER: Effect = { kind: 'down', reason: 'nothing answers the attempt to connect', lost: false }

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
        effects: [
          { kind: 'close' },
          // In Active the attempt before has failed and was told; in Connect it is still waiting for an answer.
          ...(state.name === 'connect' ? [NO_ANSWER] : []),
          { kind: 'connect' },
          timer('connect-retry', config.connectRetry),
        ],
      }
    case 'stop':
      return { state: { name: 'idle' }, reason: 'stopped', effects: [timer('connect-retry', 0), { kind: 'close' }] }
    default:
      return { state, reason: '', effects: [] }
  }
}
