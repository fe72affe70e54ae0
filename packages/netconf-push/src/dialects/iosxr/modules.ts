import type { ModuleTable } from '../../model/index.js'

const CISCO = 'http://cisco.com/ns/yang/'

/**
 * The unified models (`um`), which follow the command line; for label blocks and policies the older ones: the
 * unified model of segment routing is deprecated, and has no policies.
 */
export const modules = Object.fromEntries(
  [
    'Cisco-IOS-XR-um-interface-cfg',
    'Cisco-IOS-XR-um-if-ip-address-cfg',
    'Cisco-IOS-XR-um-router-isis-cfg',
    'Cisco-IOS-XR-um-router-ospf-cfg',
    'Cisco-IOS-XR-um-performance-measurement-cfg',
    'Cisco-IOS-XR-segment-routing-ms-cfg',
    'Cisco-IOS-XR-infra-xtc-agent-cfg',
  ].map((name) => [name, `${CISCO}${name}`]),
) satisfies ModuleTable
