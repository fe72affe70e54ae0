import { common, timer, unexpected } from './leave.js'
import { keepaliveTime } from './open-sent.js'
import type { FsmEvent, FsmState, SessionConfig, Step } from './types.js'

type OpenConfirm = Extract<FsmState, { name: 'open-confirm' }>

/** RFC 4271 §8.2.2, OpenConfirm: the peer's OPEN was good, its KEEPALIVE is awaited. */
export function openConfirm(state: OpenConfirm, event: FsmEvent, config: SessionConfig): Step {
  const shared = common(event, config)
  if (shared !== undefined) return shared
  const { peer } = state
  switch (event.kind) {
    case 'keepalive':
      return {
        state: { name: 'established', peer },
        reason: 'established',
        effects: [timer('hold', peer.holdTime), { kind: 'up', peer }],
      }
    case 'timer':
      if (event.timer !== 'keepalive') return { state, reason: '', effects: [] }
      return {
        state,
        reason: '',
        effects: [{ kind: 'send-keepalive' }, timer('keepalive', keepaliveTime(peer.holdTime))],
      }
    case 'start':
    case 'tcp-up':
      return { state, reason: '', effects: [] }
    default:
      return unexpected(event, 2, config)
  }
}
