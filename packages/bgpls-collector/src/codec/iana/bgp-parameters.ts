import { byCode, type IanaRow } from './row.js'

/** https://www.iana.org/assignments/address-family-numbers and /safi-namespace: what BGP-LS uses. */
export const AFI_LINK_STATE = 16388
export const SAFI_LINK_STATE = 71
export const SAFI_LINK_STATE_VPN = 72
export const SAFI_LINK_STATE_SPF = 80

/** The tables of link state; each is a family of its own. */
export const LINK_STATE_SAFIS: ReadonlySet<number> = new Set([
  SAFI_LINK_STATE,
  SAFI_LINK_STATE_VPN,
  SAFI_LINK_STATE_SPF,
])

export const safis: readonly IanaRow[] = [
  { code: SAFI_LINK_STATE, name: 'BGP-LS', ref: 'RFC 9552 §5' },
  { code: SAFI_LINK_STATE_VPN, name: 'BGP-LS-VPN', ref: 'RFC 9552 §5' },
  { code: SAFI_LINK_STATE_SPF, name: 'BGP-LS-SPF', ref: 'RFC 9815' },
]

/** https://www.iana.org/assignments/bgp-ls-parameters, "BGP-LS NLRI-Types". */
export const nlriTypes: readonly IanaRow[] = [
  { code: 1, name: 'Node', ref: 'RFC 9552 §5.2' },
  { code: 2, name: 'Link', ref: 'RFC 9552 §5.2' },
  { code: 3, name: 'IPv4 Topology Prefix', ref: 'RFC 9552 §5.2' },
  { code: 4, name: 'IPv6 Topology Prefix', ref: 'RFC 9552 §5.2' },
  { code: 5, name: 'SR Policy Candidate Path', ref: 'RFC 9857 §3' },
  { code: 6, name: 'SRv6 SID', ref: 'RFC 9514 §6' },
  { code: 7, name: 'Stub Link', ref: 'draft-ietf-idr-bgp-ls-inter-as-topology-ext' },
]

/** https://www.iana.org/assignments/bgp-parameters, "BGP Message Types". */
export const MESSAGE = { open: 1, update: 2, notification: 3, keepalive: 4, routeRefresh: 5 } as const

/** "BGP Path Attributes": those that a BGP-LS receiver looks at. */
export const PATH = {
  origin: 1,
  asPath: 2,
  nextHop: 3,
  multiExitDisc: 4,
  localPref: 5,
  atomicAggregate: 6,
  aggregator: 7,
  communities: 8,
  originatorId: 9,
  clusterList: 10,
  mpReach: 14,
  mpUnreach: 15,
  extendedCommunities: 16,
  as4Path: 17,
  as4Aggregator: 18,
  linkState: 29,
  largeCommunities: 32,
} as const

/** "Capability Codes". */
export const CAPABILITY = {
  multiprotocol: 1,
  routeRefresh: 2,
  extendedMessage: 6,
  gracefulRestart: 64,
  fourOctetAs: 65,
  enhancedRouteRefresh: 70,
} as const

/** "BGP Error (Notification) Codes". */
const errorCodes = byCode([
  { code: 1, name: 'Message Header Error', ref: 'RFC 4271 §6.1' },
  { code: 2, name: 'OPEN Message Error', ref: 'RFC 4271 §6.2' },
  { code: 3, name: 'UPDATE Message Error', ref: 'RFC 4271 §6.3' },
  { code: 4, name: 'Hold Timer Expired', ref: 'RFC 4271 §6.5' },
  { code: 5, name: 'Finite State Machine Error', ref: 'RFC 4271 §6.6' },
  { code: 6, name: 'Cease', ref: 'RFC 4271 §6.7' },
  { code: 7, name: 'ROUTE-REFRESH Message Error', ref: 'RFC 7313 §5' },
  { code: 8, name: 'Send Hold Timer Expired', ref: 'RFC 9687 §4' },
])

const subcodes: Readonly<Record<number, readonly (string | undefined)[]>> = {
  1: [undefined, 'Connection Not Synchronized', 'Bad Message Length', 'Bad Message Type'],
  2: [
    undefined,
    'Unsupported Version Number',
    'Bad Peer AS',
    'Bad BGP Identifier',
    'Unsupported Optional Parameter',
    undefined,
    'Unacceptable Hold Time',
    'Unsupported Capability',
    'Role Mismatch',
  ],
  3: [
    undefined,
    'Malformed Attribute List',
    'Unrecognized Well-known Attribute',
    'Missing Well-known Attribute',
    'Attribute Flags Error',
    'Attribute Length Error',
    'Invalid ORIGIN Attribute',
    undefined,
    'Invalid NEXT_HOP Attribute',
    'Optional Attribute Error',
    'Invalid Network Field',
    'Malformed AS_PATH',
  ],
  5: [
    undefined,
    'Receive Unexpected Message in OpenSent State',
    'Receive Unexpected Message in OpenConfirm State',
    'Receive Unexpected Message in Established State',
  ],
  6: [
    undefined,
    'Maximum Number of Prefixes Reached',
    'Administrative Shutdown',
    'Peer De-configured',
    'Administrative Reset',
    'Connection Rejected',
    'Other Configuration Change',
    'Connection Collision Resolution',
    'Out of Resources',
    'Hard Reset',
    'BFD Down',
  ],
  7: [undefined, 'Invalid Message Length'],
}

/** `OPEN Message Error (2), Bad Peer AS (2)`. */
export function notificationText(code: number, subcode: number): string {
  const name = errorCodes.get(code)?.name ?? 'unassigned error'
  const detail = subcodes[code]?.[subcode]
  const known = detail === undefined ? `subcode ${subcode}` : `${detail} (${subcode})`
  return subcode === 0 && detail === undefined ? `${name} (${code})` : `${name} (${code}), ${known}`
}
