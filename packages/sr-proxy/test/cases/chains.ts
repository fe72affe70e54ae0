import { tcp, udp } from '../packets/transport.js'
import type { Case } from './case.js'
import { arriving, FIREWALL, IDS, leaving, MAC, NEXT, returned, world } from './world.js'

const four = udp({ source: '10.1.0.1', destination: '10.2.0.1', sourcePort: 1024, destinationPort: 9 })
const six = udp({ source: '2001:db8::1', destination: '2001:db8:2::1', sourcePort: 1024, destinationPort: 9 })
const other = tcp({ source: '10.1.0.1', destination: '10.2.0.1', sourcePort: 1025, destinationPort: 443 })

export const chains: readonly Case[] = [
  {
    name: 'End.AD: the stack is kept for the session and restored, and the next label leads out (IPv4)',
    tables: world,
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT, 3001], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }, 3001], four) },
      },
    ],
    stats: { network: 1, returned: 1, 'to-vnf': 1, forwarded: 1, learned: 1, replaced: 0 },
  },
  {
    name: 'End.AD: the stack is kept for the session and restored, and the next label leads out (IPv6)',
    tables: world,
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT, 3001], six),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], six) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', six),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }, 3001], six) },
      },
    ],
  },
  {
    name: 'the next label is a VNF here: it goes on at once',
    tables: world,
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, IDS, NEXT], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      { from: 'vnf0', frame: returned('vnf0', four), expect: { out: 'vnf1', frame: leaving('vnf1', [], four) } },
      {
        from: 'vnf1',
        frame: returned('vnf1', four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }], four) },
      },
    ],
    stats: { learned: 2, 'to-vnf': 2, forwarded: 1 },
  },
  {
    name: 'two chains through one VNF: each session has its own stack',
    tables: world,
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT, 3001], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT, 3002], other),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], other) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', other),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }, 3002], other) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }, 3001], four) },
      },
    ],
  },
  {
    name: 'a session whose stack changes takes the new one from the next packet on',
    tables: world,
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT, 3001], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT, 3002, 3003], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }, 3002, 3003], four) },
      },
    ],
    stats: { learned: 1, replaced: 1 },
  },
  {
    name: 'a session whose stack gets longer than a line holds, and shorter again',
    tables: world,
    steps: [[3001], [3001, 3002, 3003, 3004, 3005, 3006, 3007], [3001, 3002]].flatMap((rest) => [
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT, ...rest], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }, ...rest], four) },
      },
    ]),
  },
  {
    name: 'End.AS: a configured stack instead of a remembered one',
    tables: {
      ...world,
      labels: [{ label: FIREWALL, action: 'static', vnf: 'fw', stack: [NEXT, 3009] }, ...world.labels.slice(1)],
    },
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, 3001], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }, 3009], four) },
      },
    ],
    stats: { learned: 0 },
  },
  {
    name: 'the chain ends at the VNF: the kernel routes the IP packet',
    tables: world,
    steps: [
      { from: 'net0', frame: arriving([FIREWALL], four), expect: { out: 'vnf0', frame: leaving('vnf0', [], four) } },
      { from: 'vnf0', frame: returned('vnf0', four), expect: { pass: returned('vnf0', four) } },
    ],
  },
  {
    name: 'the chain ends at the VNF: the packet goes to the configured next hop, one IP hop further',
    tables: world,
    settings: { endNextHop: 'east' },
    steps: [
      { from: 'net0', frame: arriving([FIREWALL], four), expect: { out: 'vnf0', frame: leaving('vnf0', [], four) } },
      {
        from: 'vnf0',
        frame: returned('vnf0', four),
        expect: {
          out: 'net1',
          frame: leaving(
            'net1',
            [],
            udp({ source: '10.1.0.1', destination: '10.2.0.1', sourcePort: 1024, destinationPort: 9, ttl: 63 }),
          ),
        },
      },
    ],
  },
  {
    name: 'a program of this host with a socket: the inner packet goes to the kernel',
    tables: { attachments: { program: { host: true } }, labels: [{ label: 1003, action: 'dynamic', vnf: 'program' }] },
    steps: [
      { from: 'net0', frame: arriving([1003], four), expect: { pass: arriving([], four) } },
      { from: 'net0', frame: arriving([1003], six, [100]), expect: { pass: arriving([], six, [100]) } },
    ],
  },
  {
    name: 'a VNF in two parts: out of one interface, back by another, the reverse chain the other way round',
    tables: {
      ...world,
      attachments: {
        inward: { interface: 'vnf0', mac: MAC.vnf0, return: 'vnf1' },
        outward: { interface: 'vnf1', mac: MAC.vnf1, return: 'vnf0' },
      },
      labels: [
        { label: FIREWALL, action: 'dynamic', vnf: 'inward' },
        { label: IDS, action: 'dynamic', vnf: 'outward' },
        { label: NEXT, action: 'forward', nextHop: 'east', out: 'keep' },
        { label: 2002, action: 'forward', nextHop: 'west', out: 2003 },
      ],
    },
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        from: 'vnf1',
        frame: returned('vnf1', four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }], four) },
      },
      { from: 'net1', frame: arriving([IDS, 2002], other), expect: { out: 'vnf1', frame: leaving('vnf1', [], other) } },
      {
        from: 'vnf0',
        frame: returned('vnf0', other),
        expect: { out: 'net0', frame: leaving('net0', [{ label: 2003, ttl: 63 }], other) },
      },
      { from: 'vnf0', frame: returned('vnf0', four), expect: { drop: 'no-session' } },
    ],
  },
]
