import type { AddressFamily } from '../codec/bgp/capability.js'
import type { Notification } from '../codec/bgp/notification.js'
import type { Open } from '../codec/bgp/open.js'
import { AFI_LINK_STATE, LINK_STATE_SAFIS } from '../codec/iana/bgp-parameters.js'
import type { SessionConfig } from './types.js'

export interface Refusal {
  readonly notification: Notification
  readonly why: string
}

/** The checks of RFC 4271 §6.2 and RFC 6286 §2.2 on what the peer's OPEN says. */
export function checkOpen(open: Open, config: SessionConfig): Refusal | undefined {
  const { capabilities } = open
  if (open.version !== 4) {
    return refuse(1, `BGP version ${open.version}: only 4 is spoken`, Buffer.from([0, 4]))
  }
  // RFC 7607 §2: AS 0 is refused like any other that is not acceptable.
  if (open.asn === 0) return refuse(2, 'the peer has AS 0')
  if (config.peerAsn !== undefined && open.asn !== config.peerAsn) {
    return refuse(2, `the peer has AS ${open.asn}, AS ${config.peerAsn} is configured`)
  }
  if (open.bgpId === '0.0.0.0') return refuse(3, 'the peer has BGP Identifier 0.0.0.0')
  if (open.bgpId === config.bgpId && open.asn === config.localAsn) {
    return refuse(3, `the peer has our own BGP Identifier ${open.bgpId}: give --router-id another value`)
  }
  if (open.holdTime === 1 || open.holdTime === 2)
    return refuse(6, `a hold time of ${open.holdTime} s: 0, or 3 and more`)
  const linkState = linkStateSafis(capabilities.families).length > 0
  // RFC 5492 §5: the capability that is missing goes into the data.
  if (!linkState) return refuse(7, 'the peer does not offer BGP-LS (AFI 16388, SAFI 71)', LINK_STATE_CAPABILITY)
  return undefined
}

/** The tables of link state among some families. */
export function linkStateSafis(families: readonly AddressFamily[]): number[] {
  return families
    .filter(({ afi, safi }) => afi === AFI_LINK_STATE && LINK_STATE_SAFIS.has(safi))
    .map(({ safi }) => safi)
}

const LINK_STATE_CAPABILITY = Buffer.from([1, 4, 0x40, 0x04, 0, 71])

function refuse(subcode: number, why: string, data?: Buffer): Refusal {
  return { notification: { code: 2, subcode, ...(data === undefined ? {} : { data }) }, why }
}
