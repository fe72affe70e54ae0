import type { LabelEntry, Tables } from '../../src/tables/schema.js'
import { ethernet } from '../packets/ethernet.js'
import { ipv6 } from '../packets/ip.js'
import { icmp, tcp, udp } from '../packets/transport.js'
import type { Case, Step } from './case.js'
import { arriving, FIREWALL, leaving, MAC, NEXT, onward, returned, world } from './world.js'

/** What a VNF makes itself or makes of a packet: answers, ICMP, rewritten addresses. */
const client = { source: '10.1.0.1', destination: '10.2.0.1' }
const server = { source: '10.2.0.1', destination: '10.1.0.1' }
const syn = tcp({ ...client, sourcePort: 40000, destinationPort: 80 })
const reset = tcp({ ...server, sourcePort: 80, destinationPort: 40000 }, 4)
const syn6 = tcp({ source: '2001:db8::1', destination: '2001:db8:2::1', sourcePort: 40000 })
const reset6 = tcp({ source: '2001:db8:2::1', destination: '2001:db8::1', sourcePort: 80, destinationPort: 40000 }, 4)
const back: LabelEntry = { label: 2002, action: 'forward', nextHop: 'west', out: 'keep' }
const withReverse: Tables = {
  ...world,
  labels: [{ label: FIREWALL, action: 'dynamic', vnf: 'fw', reverse: [2002, 3007] }, ...world.labels.slice(1), back],
}
const nat: Tables = {
  ...world,
  attachments: { nat: { interface: 'vnf0', mac: MAC.vnf0, rewrites: true } },
  labels: [{ label: FIREWALL, action: 'dynamic', vnf: 'nat', reverse: [2002] }, onward, back],
}

const there = (packet: Buffer, labels: readonly number[] = [FIREWALL, NEXT]): Step => ({
  from: 'net0',
  frame: arriving(labels, packet),
  expect: { out: 'vnf0', frame: leaving('vnf0', [], packet) },
})
const on = (packet: Buffer, below: readonly number[] = []): Step => ({
  from: 'vnf0',
  frame: returned('vnf0', packet),
  expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }, ...below], packet) },
})
const home = (packet: Buffer, below: readonly number[] = []): Step => ({
  from: 'vnf0',
  frame: returned('vnf0', packet),
  // The top label of a configured stack takes the packet's TTL, and this is one hop.
  expect: { out: 'net0', frame: leaving('net0', [{ label: 2002, ttl: 63 }, ...below], packet) },
})
const unreachable = icmp({ source: '192.0.2.9', destination: '10.1.0.1' }, 3, 1, 0, syn.subarray(0, 28))
const unreachable6 = icmp({ source: '2001:db8:9::9', destination: '2001:db8::1' }, 1, 0, 0, syn6.subarray(0, 60))

export const answers: readonly Case[] = [
  {
    name: 'a firewall that resets a connection: the reset takes the reverse stack',
    tables: withReverse,
    steps: [there(syn), home(reset, [3007])],
    stats: { answered: 1 },
  },
  {
    name: 'a reset over IPv6 takes the reverse stack',
    tables: withReverse,
    steps: [there(syn6), home(reset6, [3007])],
  },
  {
    name: 'without a reverse stack an answer leaves as IP',
    tables: world,
    steps: [there(syn), { from: 'vnf0', frame: returned('vnf0', reset), expect: { pass: returned('vnf0', reset) } }],
  },
  {
    name: 'an answer goes with the reverse chain where that has a session here',
    tables: withReverse,
    steps: [
      there(syn),
      there(tcp({ ...server, sourcePort: 80, destinationPort: 40000 }, 18), [FIREWALL, NEXT, 3333]),
      on(reset, [3333]),
    ],
  },
  {
    name: 'an ICMP error that a VNF makes goes where the answers go',
    tables: withReverse,
    steps: [there(syn), home(unreachable, [3007])],
  },
  {
    name: 'an ICMPv6 error that a VNF makes goes where the answers go',
    tables: withReverse,
    steps: [there(syn6), home(unreachable6, [3007])],
  },
  {
    name: 'an ICMP error that a VNF makes travels with the reverse session where there is one',
    tables: withReverse,
    steps: [
      there(syn),
      there(tcp({ ...server, sourcePort: 80, destinationPort: 40000 }, 18), [FIREWALL, NEXT, 3333]),
      on(unreachable, [3333]),
    ],
  },
  {
    name: 'an ICMP error from the network goes through the VNF and on',
    tables: world,
    steps: [there(unreachable), on(unreachable)],
  },
  {
    name: 'an ICMPv6 error from the network goes through the VNF and on',
    tables: world,
    steps: [there(unreachable6), on(unreachable6)],
  },
  {
    name: 'two ICMP errors from one router about two sessions in two chains',
    tables: world,
    steps: [
      there(unreachable, [FIREWALL, NEXT, 3001]),
      there(
        icmp(
          { source: '192.0.2.9', destination: '10.1.0.1' },
          3,
          1,
          0,
          tcp({ ...client, sourcePort: 40001 }).subarray(0, 28),
        ),
        [FIREWALL, NEXT, 3002],
      ),
      on(unreachable, [3001]),
    ],
  },
  {
    name: 'a NAT: what comes back with other addresses and ports takes the stack of its interface',
    tables: nat,
    steps: [
      there(udp({ ...client, sourcePort: 1234 }), [FIREWALL, NEXT, 3001]),
      on(udp({ source: '203.0.113.1', destination: '10.2.0.1', sourcePort: 60001 }), [3001]),
    ],
  },
  {
    name: 'a NAT over IPv6',
    tables: nat,
    steps: [
      there(syn6, [FIREWALL, NEXT, 3001]),
      on(tcp({ source: '2001:db8:77::1', destination: '2001:db8:2::1', sourcePort: 1 }), [3001]),
    ],
  },
  {
    name: 'a NAT with two interfaces, both directions: addresses put back look like an answer of its own, and are not',
    tables: {
      ...world,
      attachments: {
        inward: { interface: 'vnf0', mac: MAC.vnf0, return: 'vnf1', rewrites: true },
        outward: { interface: 'vnf1', mac: MAC.vnf1, return: 'vnf0', rewrites: true },
      },
      labels: [
        { label: 1101, action: 'dynamic', vnf: 'inward' },
        { label: 1102, action: 'dynamic', vnf: 'outward' },
        onward,
        back,
      ],
    },
    steps: [
      {
        from: 'net0',
        frame: arriving([1101, NEXT, 3001], syn),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], syn) },
      },
      {
        from: 'vnf1',
        frame: returned('vnf1', tcp({ source: '203.0.113.1', destination: '10.2.0.1', sourcePort: 40000 })),
        expect: {
          out: 'net1',
          frame: leaving(
            'net1',
            [{ label: NEXT, ttl: 63 }, 3001],
            tcp({ source: '203.0.113.1', destination: '10.2.0.1', sourcePort: 40000 }),
          ),
        },
      },
      {
        from: 'net1',
        frame: arriving([1102, 2002, 3002], tcp({ ...server, destination: '203.0.113.1', sourcePort: 80 }, 18)),
        expect: {
          out: 'vnf1',
          frame: leaving('vnf1', [], tcp({ ...server, destination: '203.0.113.1', sourcePort: 80 }, 18)),
        },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', tcp({ ...server, sourcePort: 80, destinationPort: 40000 }, 18)),
        expect: {
          out: 'net0',
          frame: leaving(
            'net0',
            [{ label: 2002, ttl: 63 }, 3002],
            tcp({ ...server, sourcePort: 80, destinationPort: 40000 }, 18),
          ),
        },
      },
    ],
  },
  {
    name: 'a NAT that answers itself: the reset takes the reverse stack',
    tables: nat,
    steps: [there(syn), home(reset)],
  },
  {
    name: 'a NAT before any packet was sent to it has no stack to give',
    tables: nat,
    steps: [{ from: 'vnf0', frame: returned('vnf0', syn), expect: { drop: 'no-session' } }],
  },
  {
    name: 'what a VNF wants of its host is passed only where that is asked for',
    tables: {
      ...world,
      attachments: { ...world.attachments, fw: { interface: 'vnf0', mac: MAC.vnf0, passOthers: true } },
    },
    steps: [
      { from: 'vnf0', frame: returned('vnf0', syn), expect: { pass: returned('vnf0', syn) } },
      { from: 'vnf1', frame: returned('vnf1', syn), expect: { drop: 'no-session' } },
    ],
  },
  {
    name: 'ARP and neighbour discovery of a VNF are between it and the kernel',
    tables: world,
    steps: [
      { from: 'vnf0', frame: ethernet(0x0806, Buffer.alloc(28)), expect: { pass: ethernet(0x0806, Buffer.alloc(28)) } },
      ...[
        icmp({ source: 'fe80::1', destination: 'ff02::1:ff00:2', ttl: 255 }, 135, 0, 0, Buffer.alloc(16)),
        icmp({ source: '2001:db8::2', destination: '2001:db8::1', ttl: 255 }, 135, 0, 0, Buffer.alloc(16)),
        ipv6(
          { source: 'fe80::1', destination: 'ff02::16', ttl: 1 },
          0,
          Buffer.concat([Buffer.from([58, 0, 5, 2, 0, 0, 1, 0]), Buffer.alloc(8)]),
        ),
      ].map(
        (packet): Step => ({
          from: 'vnf0',
          frame: returned('vnf0', packet),
          expect: { pass: returned('vnf0', packet) },
        }),
      ),
    ],
  },
]
