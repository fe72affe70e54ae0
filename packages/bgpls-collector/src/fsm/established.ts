import { common, timer, unexpected } from './leave.js'
import { keepaliveTime } from './open-sent.js'
import type { FsmEvent, FsmState, SessionConfig, Step } from './types.js'

type Established = Extract<FsmState, { name: 'established' }>

/** RFC 4271 §8.2.2, Established: UPDATEs flow. */
export function established(state: Established, event: FsmEvent, config: SessionConfig): Step {
  const shared = common(event, config)
  if (shared !== undefined) return shared
  const { peer } = state
  switch (event.kind) {
    case 'keepalive':
    case 'update':
      return { state, reason: '', effects: [timer('hold', peer.holdTime)] }
    case 'timer':
      if (event.timer !== 'keepalive') return { state, reason: '', effects: [] }
      return {
        state,
        reason: '',
        effects: [{ kind: 'send-keepalive' }, timer('keepalive', keepaliveTime(peer.holdTime))],
      }
    case 'open':
      return unexpected(event, 3, config)
    default:
      return { state, reason: '', effects: [] }
  }
}
