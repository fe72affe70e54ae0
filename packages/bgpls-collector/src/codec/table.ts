import { SAFI_LINK_STATE, SAFI_LINK_STATE_SPF, SAFI_LINK_STATE_VPN } from './iana/bgp-parameters.js'

/** The SAFI of the table that a record is from. */
export function safiOf(record: { readonly routeDistinguisher?: string; readonly spf?: true }): number {
  if (record.routeDistinguisher !== undefined) return SAFI_LINK_STATE_VPN
  return record.spf === true ? SAFI_LINK_STATE_SPF : SAFI_LINK_STATE
}
