import { common, timer, toIdle, unexpected } from './leave.js'
import { checkOpen } from './open-check.js'
import type { FsmEvent, FsmState, PeerInfo, SessionConfig, Step } from './types.js'

/** RFC 4271 §8.2.2, OpenSent: our OPEN is out, the peer's is awaited. */
export function openSent(state: FsmState, event: FsmEvent, config: SessionConfig): Step {
  const shared = common(event, config)
  if (shared !== undefined) return shared
  if (event.kind === 'timer' || event.kind === 'start' || event.kind === 'tcp-up') {
    return { state, reason: '', effects: [] }
  }
  if (event.kind !== 'open') return unexpected(event, 1, config)
  const refusal = checkOpen(event.open, config)
  if (refusal !== undefined) return toIdle(refusal.why, config, { notification: refusal.notification })
  const holdTime = Math.min(config.holdTime, event.open.holdTime)
  const { capabilities } = event.open
  const peer: PeerInfo = {
    open: event.open,
    holdTime,
    asn4: capabilities.fourOctetAsn !== undefined,
    extendedMessages: capabilities.extendedMessage === true,
  }
  return {
    state: { name: 'open-confirm', peer },
    reason: `OPEN of AS ${event.open.asn}, ${event.open.bgpId}, hold time ${holdTime} s`,
    effects: [{ kind: 'send-keepalive' }, timer('hold', holdTime), timer('keepalive', keepaliveTime(holdTime))],
  }
}

/** A third of the hold time (RFC 4271 §10). */
export function keepaliveTime(holdTime: number): number {
  return holdTime / 3
}
