import type { Tables } from '../../src/tables/schema.js'
import { ipv4, PROTOCOL } from '../packets/ip.js'
import { icmp, tcp, tcpSegment, udp } from '../packets/transport.js'
import type { Case, Step } from './case.js'
import { arriving, leaving, NEXT, returned, world } from './world.js'

/** SR-aware VNFs: eBPF programs that read the stack themselves. */
const FILTER = 1600
const MIRROR = 1700
const ends = { source: '10.1.0.1', destination: '10.2.0.1' }
const ends6 = { source: '2001:db8::1', destination: '2001:db8:2::1' }
const web = tcp({ ...ends, destinationPort: 80 })
const secure = tcp({ ...ends, destinationPort: 443 })
const tables: Tables = {
  ...world,
  labels: [{ label: FILTER, action: 'firewall', set: 'no-web' }, ...world.labels],
  firewalls: {
    'no-web': {
      policy: 'accept',
      rules: [
        { action: 'accept', source: '10.1.0.128/25', protocol: 'tcp' },
        { action: 'drop', protocol: 'tcp', destinationPort: 80 },
        { action: 'drop', destination: '2001:db8:2::/48', protocol: 'udp', sourcePort: '1000-2000' },
        { action: 'drop', protocol: 'icmp' },
      ],
    },
  },
}
const accepted = (packet: Buffer): Step => ({
  from: 'net0',
  frame: arriving([FILTER, NEXT, 3001], packet),
  expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }, 3001], packet) },
})
const refused = (packet: Buffer): Step => ({
  from: 'net0',
  frame: arriving([FILTER, NEXT, 3001], packet),
  expect: { drop: 'firewall' },
})

export const aware: readonly Case[] = [
  {
    name: 'sr-firewall: port 80 stops, port 443 goes on with its stack',
    tables,
    steps: [refused(web), accepted(secure), accepted(udp({ ...ends, destinationPort: 80 }))],
  },
  {
    name: 'sr-firewall: the first rule that matches decides; prefixes, port ranges, families, protocols',
    tables,
    steps: [
      accepted(tcp({ ...ends, source: '10.1.0.129', destinationPort: 80 })),
      refused(tcp({ ...ends, source: '10.1.0.127', destinationPort: 80 })),
      refused(tcp({ ...ends6, destinationPort: 80 })),
      refused(udp({ ...ends6, sourcePort: 1000 })),
      refused(udp({ ...ends6, sourcePort: 2000 })),
      accepted(udp({ ...ends6, sourcePort: 2001 })),
      accepted(udp({ ...ends6, destination: '2001:db8:3::1', sourcePort: 1500 })),
      refused(icmp(ends, 8, 0, 1, Buffer.alloc(8))),
    ],
  },
  {
    name: 'sr-firewall: later fragments follow the verdict on the first one',
    tables,
    steps: [
      refused(
        ipv4(
          { ...ends, id: 5, moreFragments: true },
          PROTOCOL.tcp,
          tcpSegment({ ...ends, destinationPort: 80, payload: 80 }),
        ),
      ),
      refused(ipv4({ ...ends, id: 5, fragmentOffset: 96 }, PROTOCOL.tcp, Buffer.alloc(40))),
      accepted(ipv4({ ...ends, id: 6, fragmentOffset: 96 }, PROTOCOL.tcp, Buffer.alloc(40))),
    ],
  },
  {
    name: 'sr-firewall: policy drop lets through what a rule accepts',
    tables: {
      ...tables,
      firewalls: { 'no-web': { policy: 'drop', rules: [{ action: 'accept', protocol: 'tcp', destinationPort: 443 }] } },
    },
    steps: [refused(web), accepted(secure), refused(udp(ends))],
  },
  {
    name: 'sr-firewall in a chain of VNFs: before one, and behind one',
    tables,
    steps: [
      {
        from: 'net0',
        frame: arriving([FILTER, 1001, FILTER, NEXT], secure),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], secure) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', secure),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }], secure) },
      },
      {
        from: 'net0',
        frame: arriving([1001, FILTER, NEXT], web),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], web) },
      },
      { from: 'vnf0', frame: returned('vnf0', web), expect: { drop: 'firewall' } },
    ],
  },
  {
    name: 'sr-firewall as the last of a chain: the packet ends as IP',
    tables,
    steps: [{ from: 'net0', frame: arriving([FILTER], secure), expect: { pass: arriving([], secure) } }],
  },
  {
    name: 'sr-mirror: its label is popped, the frame goes to the monitor and on',
    tables: {
      ...world,
      labels: [{ label: MIRROR, action: 'mirror', mirror: 'tap' }, ...world.labels],
      mirrors: { tap: { to: 'mon0', via: 'net1', mac: '02:00:00:00:01:01' } },
    },
    steps: [
      {
        from: 'net0',
        frame: arriving([MIRROR, NEXT, 3001], web),
        expect: { mirrored: leaving('net1', [NEXT, 3001], web) },
      },
      { from: 'net0', frame: arriving([MIRROR], web), expect: { mirrored: leaving('net1', [], web) } },
    ],
    stats: { mirrored: 2 },
  },
]
