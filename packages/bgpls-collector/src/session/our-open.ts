import type { Open } from '../codec/bgp/open.js'
import { AFI_LINK_STATE, SAFI_LINK_STATE } from '../codec/iana/bgp-parameters.js'
import type { SessionOptions } from './session-options.js'

/** The OPEN of a session of ours: what every one offers, and what its owner adds. */
export function ourOpen({ config, capabilities, families = [] }: SessionOptions): Open {
  return {
    version: 4,
    asn: config.localAsn,
    holdTime: config.holdTime,
    bgpId: config.bgpId,
    capabilities: {
      families: [{ afi: AFI_LINK_STATE, safi: SAFI_LINK_STATE }, ...families],
      fourOctetAsn: config.localAsn,
      extendedMessage: true as const,
      routeRefresh: true as const,
      enhancedRouteRefresh: true as const,
      // RFC 4724 §4: without a family it says that End-of-RIB and the restart of the peer are understood.
      gracefulRestart: { restarting: false, restartSeconds: 0, families: [] },
      ...capabilities,
    },
  }
}
