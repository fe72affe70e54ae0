/** https://www.iana.org/assignments/bmp-parameters, "BMP Message Types". */
export const BMP_MESSAGE = {
  routeMonitoring: 0,
  statisticsReport: 1,
  peerDown: 2,
  peerUp: 3,
  initiation: 4,
  termination: 5,
  routeMirroring: 6,
} as const

/** "BMP Peer Types": 0 global, 1 RD, 2 local instance (RFC 7854 §4.2), 3 Loc-RIB instance (RFC 9069 §4.1). */
export const LOC_RIB_PEER = 3

/** "BMP Peer Down Notification" reasons (RFC 7854 §4.9, RFC 9069 §5.3). */
export const peerDownReasons: readonly (string | undefined)[] = [
  undefined,
  'the router closed the session with a NOTIFICATION',
  'the router closed the session',
  'the peer closed the session with a NOTIFICATION',
  'the peer closed the session',
  'the router no longer monitors the peer',
  'the local system closed the session, with information',
]

/** "BMP Termination Message Reasons" (RFC 7854 §4.5). */
export const terminationReasons: readonly string[] = [
  'administratively closed',
  'unspecified reason',
  'out of resources',
  'redundant connection',
  'permanently administratively closed',
]
