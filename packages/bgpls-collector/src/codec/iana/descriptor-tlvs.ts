import type { TlvRow } from './tlv-row.js'

/**
 * https://www.iana.org/assignments/bgp-ls-parameters, "BGP-LS NLRI and Attribute TLVs",
 * 256 to 1023: NLRI descriptors, and the MSDs.
 */
export const descriptorTlvs: readonly TlvRow[] = [
  { code: 256, name: 'Local Node Descriptors', ref: 'RFC 9552 §5.2.1.2', in: ['nlri'] },
  { code: 257, name: 'Remote Node Descriptors', ref: 'RFC 9552 §5.2.1.3', in: ['nlri'] },
  { code: 258, name: 'Link Local/Remote Identifiers', ref: 'RFC 9552 §5.2.2', in: ['link-descriptor', 'link'] },
  { code: 259, name: 'IPv4 Interface Address', ref: 'RFC 9552 §5.2.2', in: ['link-descriptor'] },
  { code: 260, name: 'IPv4 Neighbor Address', ref: 'RFC 9552 §5.2.2', in: ['link-descriptor'] },
  { code: 261, name: 'IPv6 Interface Address', ref: 'RFC 9552 §5.2.2', in: ['link-descriptor'] },
  { code: 262, name: 'IPv6 Neighbor Address', ref: 'RFC 9552 §5.2.2', in: ['link-descriptor'] },
  {
    code: 263,
    name: 'Multi-Topology Identifier',
    ref: 'RFC 9552 §5.2.2.1',
    in: ['link-descriptor', 'prefix-descriptor', 'srv6-sid-descriptor', 'node'],
  },
  { code: 264, name: 'OSPF Route Type', ref: 'RFC 9552 §5.2.3.1', in: ['prefix-descriptor'] },
  { code: 265, name: 'IP Reachability Information', ref: 'RFC 9552 §5.2.3.2', in: ['prefix-descriptor'] },
  { code: 266, name: 'Node MSD', ref: 'RFC 8814 §3', in: ['node'] },
  { code: 267, name: 'Link MSD', ref: 'RFC 8814 §4', in: ['link'] },
  { code: 270, name: 'Remote AS Number', ref: 'draft-ietf-idr-bgpls-inter-as-topology-ext', in: ['link-descriptor'] },
  {
    code: 271,
    name: 'IPv4 Remote ASBR ID',
    ref: 'draft-ietf-idr-bgpls-inter-as-topology-ext',
    in: ['link-descriptor'],
  },
  {
    code: 272,
    name: 'IPv6 Remote ASBR ID',
    ref: 'draft-ietf-idr-bgpls-inter-as-topology-ext',
    in: ['link-descriptor'],
  },
  { code: 512, name: 'Autonomous System', ref: 'RFC 9552 §5.2.1.4', in: ['node-descriptor'] },
  { code: 513, name: 'BGP-LS Identifier', ref: 'RFC 9552 §5.2.1.4', in: ['node-descriptor'] },
  { code: 514, name: 'OSPF Area-ID', ref: 'RFC 9552 §5.2.1.4', in: ['node-descriptor'] },
  { code: 515, name: 'IGP Router-ID', ref: 'RFC 9552 §5.2.1.4', in: ['node-descriptor'] },
  { code: 516, name: 'BGP Router-ID', ref: 'RFC 9086 §4.1', in: ['node-descriptor'] },
  { code: 517, name: 'BGP Confederation Member', ref: 'RFC 9086 §4.1', in: ['node-descriptor'] },
  { code: 518, name: 'SRv6 SID Information', ref: 'RFC 9514 §6.1', in: ['srv6-sid-descriptor'] },
  { code: 535, name: 'BGP Route Type', ref: 'draft-ietf-idr-bgp-ls-bgp-only-fabric', in: ['prefix-descriptor'] },
  { code: 550, name: 'Tunnel ID', ref: 'draft-ietf-idr-bgp-ls-te-path', in: ['policy-descriptor'] },
  { code: 551, name: 'LSP ID', ref: 'draft-ietf-idr-bgp-ls-te-path', in: ['policy-descriptor'] },
  {
    code: 552,
    name: 'IPv4/6 Tunnel Head-End Address',
    ref: 'draft-ietf-idr-bgp-ls-te-path',
    in: ['policy-descriptor'],
  },
  {
    code: 553,
    name: 'IPv4/6 Tunnel Tail-End Address',
    ref: 'draft-ietf-idr-bgp-ls-te-path',
    in: ['policy-descriptor'],
  },
  { code: 554, name: 'SR Policy Candidate Path Descriptor', ref: 'RFC 9857 §3', in: ['policy-descriptor'] },
  { code: 555, name: 'Local MPLS Cross Connect', ref: 'draft-ietf-idr-bgp-ls-te-path', in: ['policy-descriptor'] },
  { code: 556, name: 'MPLS Cross Connect Interface', ref: 'draft-ietf-idr-bgp-ls-te-path', in: ['policy-descriptor'] },
  { code: 557, name: 'MPLS Cross Connect FEC', ref: 'draft-ietf-idr-bgp-ls-te-path', in: ['policy-descriptor'] },
]
