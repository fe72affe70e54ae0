import { ethernet, ipFrame, labelStack } from '../packets/ethernet.js'
import { extension, ipv4, ipv6, PROTOCOL } from '../packets/ip.js'
import { icmp, tcp, tcpSegment, udp, udpSegment } from '../packets/transport.js'
import type { Case } from './case.js'
import { arriving, FIREWALL, leaving, MAC, NEXT, returned, world } from './world.js'

const four = udp({ source: '10.1.0.1', destination: '10.2.0.1' })
const ends = { source: '10.1.0.1', destination: '10.2.0.1' }
const ends6 = { source: '2001:db8::1', destination: '2001:db8:2::1' }
const deep = Array.from({ length: 15 }, (_, index) => 3000 + index)

/** There and back. */
function through(name: string, packet: Buffer): Case {
  return {
    name,
    tables: world,
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT], packet),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], packet) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', packet),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }], packet) },
      },
    ],
  }
}

function refused(name: string, drop: 'malformed' | 'stack-depth' | 'not-ip', frame: Buffer): Case {
  return { name, tables: world, steps: [{ from: 'net0', frame, expect: { drop } }] }
}

const mpls = (...parts: readonly Uint8Array[]): Buffer => ethernet(0x8847, Buffer.concat(parts), { from: MAC.net0 })
/** Labels without a bottom of stack. */
const endless = (count: number): Buffer => Buffer.alloc(4 * count, Buffer.from([0, 0x3e, 0x90, 64]))

export const parsing: readonly Case[] = [
  {
    name: '16 labels, the most there can be',
    tables: world,
    settings: { defaultNextHop: 'east' },
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, ...deep], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: 3000, ttl: 63 }, ...deep.slice(1)], four) },
      },
    ],
  },
  {
    name: 'VLAN tags: one or two on arrival, a configured one towards VNF and next hop',
    tables: {
      ...world,
      attachments: { fw: { interface: 'vnf0', mac: MAC.vnf0, vlan: 10 } },
      nextHops: { east: { interface: 'net1', mac: MAC.net1, vlan: 300 } },
      labels: [
        { label: FIREWALL, action: 'dynamic', vnf: 'fw' },
        { label: NEXT, action: 'forward', nextHop: 'east', out: 'keep' },
      ],
    },
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT], four, [200]),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four, [10]) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', four, [10]),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }], four, [300]) },
      },
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT], four, [200, 201]),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four, [10]) },
      },
      { from: 'vnf0', frame: returned('vnf0', four), expect: { drop: 'unknown-port' } },
    ],
  },
  through('TCP over IPv4', tcp({ ...ends, payload: 100 })),
  through('TCP over IPv6', tcp({ ...ends6, payload: 100 })),
  through('ICMP echo', icmp(ends, 8, 0, 0x12340001, Buffer.alloc(8))),
  through('ICMPv6 echo', icmp(ends6, 128, 0, 0x12340001, Buffer.alloc(8))),
  through('an ICMP error that quotes too little', icmp(ends, 11, 0, 0, Buffer.from([0x45, 0, 0, 28]))),
  through('an ICMP error that quotes something else', icmp(ends, 3, 1, 0, Buffer.alloc(28, 0xff))),
  through('an ICMPv6 error that quotes too little', icmp(ends6, 1, 0, 0, Buffer.from([0x60, 0, 0, 0]))),
  through('a protocol without ports (ESP)', ipv4(ends, 50, Buffer.alloc(24))),
  through('SCTP, by its ports', ipv4(ends, 132, Buffer.alloc(24, 7))),
  through('IPv4 options', ipv4(ends, PROTOCOL.udp, udpSegment(ends), Buffer.from([7, 7, 4, 0, 0, 0, 0, 0]))),
  through(
    'IPv6 extension headers (hop-by-hop, destination options, routing) before TCP',
    ipv6(ends6, 0, Buffer.concat([extension(60), extension(43), extension(6), tcpSegment(ends6)])),
  ),
  through(
    'an IPv6 authentication header, whose length counts differently',
    ipv6(ends6, 51, Buffer.concat([Buffer.from([17, 4, 0, 0]), Buffer.alloc(20), udpSegment(ends6)])),
  ),
  {
    name: 'what is no MPLS on the network side is the kernel’s',
    tables: world,
    steps: [
      { from: 'net0', frame: ipFrame(four), expect: { pass: ipFrame(four) } },
      { from: 'net0', frame: ethernet(0x0806, Buffer.alloc(28)), expect: { pass: ethernet(0x0806, Buffer.alloc(28)) } },
    ],
  },
  {
    name: 'a packet and its answer are two sessions, also with equal ports',
    tables: world,
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT], udp({ ...ends, sourcePort: 5000, destinationPort: 5000 })),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], udp({ ...ends, sourcePort: 5000, destinationPort: 5000 })) },
      },
      {
        from: 'net0',
        frame: arriving(
          [FIREWALL, 3001],
          udp({ source: '10.2.0.1', destination: '10.1.0.1', sourcePort: 5000, destinationPort: 5000 }),
        ),
        expect: {
          out: 'vnf0',
          frame: leaving(
            'vnf0',
            [],
            udp({ source: '10.2.0.1', destination: '10.1.0.1', sourcePort: 5000, destinationPort: 5000 }),
          ),
        },
      },
    ],
    stats: { learned: 2 },
  },
  refused('17 labels', 'stack-depth', arriving([FIREWALL, ...deep, 3100], four)),
  refused('labels without an end', 'stack-depth', mpls(endless(20), four)),
  refused('a stack that is cut off', 'malformed', mpls(endless(3))),
  refused('nothing under the labels', 'malformed', mpls(labelStack([FIREWALL, NEXT]))),
  refused('neither IPv4 nor IPv6 under the labels', 'not-ip', mpls(labelStack([FIREWALL]), Buffer.alloc(40))),
  refused('an IPv4 header that is cut off', 'malformed', arriving([FIREWALL], four.subarray(0, 19))),
  refused(
    'an IPv4 header that is too short to be one',
    'malformed',
    arriving([FIREWALL], Buffer.concat([Buffer.from([0x44]), four.subarray(1)])),
  ),
  refused(
    'an IPv4 length that is less than the header',
    'malformed',
    arriving([FIREWALL], Buffer.concat([Buffer.from([0x45, 0, 0, 19]), four.subarray(4)])),
  ),
  refused('UDP ports that are cut off', 'malformed', arriving([FIREWALL], four.subarray(0, 23))),
  refused('an IPv6 header that is cut off', 'malformed', arriving([FIREWALL], udp(ends6).subarray(0, 39))),
  refused(
    'more extension headers than anybody needs',
    'malformed',
    arriving(
      [FIREWALL],
      ipv6(ends6, 60, Buffer.concat([...Array.from({ length: 12 }, () => extension(60)), udpSegment(ends6)])),
    ),
  ),
  refused(
    'an extension header that leads out of the packet',
    'malformed',
    arriving([FIREWALL], ipv6(ends6, 60, Buffer.from([17, 255, 0, 0, 0, 0, 0, 0]))),
  ),
]
