import { active } from './active.js'
import { connect } from './connect.js'
import { established } from './established.js'
import { idle } from './idle.js'
import { openConfirm } from './open-confirm.js'
import { openSent } from './open-sent.js'
import type { FsmEvent, FsmState, SessionConfig, Step } from './types.js'

/** The finite state machine of RFC 4271 §8, for one TCP connection. Pure: time and sockets are events. */
export function step(state: FsmState, event: FsmEvent, config: SessionConfig): Step {
  switch (state.name) {
    case 'idle':
      return idle(state, event, config)
    case 'connect':
      return connect(state, event, config)
    case 'active':
      return active(state, event, config)
    case 'open-sent':
      return openSent(state, event, config)
    case 'open-confirm':
      return openConfirm(state, event, config)
    case 'established':
      return established(state, event, config)
  }
}
