import { connect } from './connect.js'
import type { FsmEvent, FsmState, SessionConfig, Step } from './types.js'

/** RFC 4271 §8.2.2, Active: waits for the peer to connect, or for the next attempt of our own. */
export function active(state: FsmState, event: FsmEvent, config: SessionConfig): Step {
  const step = connect(state, event, config)
  const again = event.kind === 'timer' && !config.passive
  return again ? { ...step, state: { name: 'connect' } } : step
}
