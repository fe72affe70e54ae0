import type { ModuleTable } from '../../model/index.js'

const urn = 'urn:ietf:params:xml:ns:yang:'

/** The modules of the `ietf` dialect, and in which document each is. */
export const modules = {
  /** RFC 8343 */
  'ietf-interfaces': `${urn}ietf-interfaces`,
  /** RFC 8344 */
  'ietf-ip': `${urn}ietf-ip`,
  'iana-if-type': `${urn}iana-if-type`,
  /** RFC 8349 */
  'ietf-routing': `${urn}ietf-routing`,
  /** RFC 9020 */
  'ietf-segment-routing': `${urn}ietf-segment-routing`,
  'ietf-segment-routing-common': `${urn}ietf-segment-routing-common`,
  'ietf-segment-routing-mpls': `${urn}ietf-segment-routing-mpls`,
  /** RFC 9130 */
  'ietf-isis': `${urn}ietf-isis`,
  /** RFC 9129 */
  'ietf-ospf': `${urn}ietf-ospf`,
  /** RFC 9903 */
  'ietf-ospf-sr-mpls': `${urn}ietf-ospf-sr-mpls`,
  /** RFC 9902 */
  'ietf-isis-sr-mpls': `${urn}ietf-isis-sr-mpls`,
  /** draft-ietf-lsr-isis-flex-algo-yang */
  'ietf-isis-flex-algo': `${urn}ietf-isis-flex-algo`,
  /** draft-ietf-lsr-isis-link-attr-yang */
  'ietf-isis-link-attr': `${urn}ietf-isis-link-attr`,
  'iana-igp-link-attr-apps': `${urn}iana-igp-link-attr-apps`,
  'iana-igp-algo-types': `${urn}iana-igp-algo-types`,
  'iana-igp-metric-types': `${urn}iana-igp-metric-types`,
  /** Ours, in `yang/`: an identity for each Flex-Algo, because RFC 9020 has none. */
  'segchain-prefix-sid-algorithms': 'urn:segchain:yang:prefix-sid-algorithms',
} as const satisfies ModuleTable
