/** The codec and the sessions, for programs that are a BGP-LS speaker or listener themselves. */

export { encodeMessage, messageAt, type RawMessage } from './codec/bgp/message.js'
export { decodeNotification, encodeNotification, type Notification } from './codec/bgp/notification.js'
export { decodeOpen, encodeOpen, type Open } from './codec/bgp/open.js'
export { decodeUpdate, type LinkStateUpdate, type UpdateContext } from './codec/bgp/update.js'
export { DecodeError, type Problem, type Treatment } from './codec/decode-error.js'
export { tlvRows } from './codec/iana/tlvs.js'
export { CaptureDecoder, type Decoded } from './decode/decode-capture.js'
export { Rib, type TopologyEvent } from './rib/rib.js'
