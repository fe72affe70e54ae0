import type { RawMessage } from '../codec/bgp/message.js'
import { decodeNotification, type Notification } from '../codec/bgp/notification.js'
import { decodeOpen } from '../codec/bgp/open.js'
import type { DecodeError } from '../codec/decode-error.js'
import { MESSAGE } from '../codec/iana/bgp-parameters.js'
import type { FsmEvent, FsmState } from '../fsm/types.js'

/** RFC 4271 §6.1 to §6.3: which error a broken message is. */
export function notificationFor(error: DecodeError, state: FsmState['name']): Notification {
  if (error.code === 'MARKER') return { code: 1, subcode: 1 }
  if (error.code === 'MESSAGE_LENGTH') return { code: 1, subcode: 2, data: dataOf(error) }
  if (error.code === 'MESSAGE_TYPE') return { code: 1, subcode: 3, data: dataOf(error) }
  if (state === 'open-sent' || state === 'open-confirm') return { code: 2, subcode: 0 }
  if (error.code === 'WELL_KNOWN') return { code: 3, subcode: 2 }
  // RFC 7606 §5.3: MP_REACH and MP_UNREACH that cannot be followed; else the list itself is malformed.
  return { code: 3, subcode: error.where.path?.includes('MP_') === true ? 9 : 1 }
}

/** What a message is to the state machine. @throws {DecodeError} for one that cannot be read. */
export function eventOf(message: RawMessage): FsmEvent {
  switch (message.type) {
    case MESSAGE.open:
      return { kind: 'open', open: decodeOpen(message) }
    case MESSAGE.update:
      return { kind: 'update' }
    case MESSAGE.notification:
      return { kind: 'notification', notification: decodeNotification(message) }
    case MESSAGE.keepalive:
      return { kind: 'keepalive' }
    default:
      return { kind: 'route-refresh' }
  }
}

function dataOf(error: DecodeError): Buffer {
  return 'data' in error && Buffer.isBuffer(error.data) ? error.data : Buffer.alloc(0)
}
