import type { Tables } from '../../src/tables/schema.js'
import { type Flow, tcp, udp } from '../packets/transport.js'
import type { Case } from './case.js'
import { arriving, FIREWALL, leaving, NEXT, returned, world } from './world.js'

/** TTL, traffic class, swap, pop: RFC 3031, RFC 3443, RFC 3270. */
const flow: Flow = { source: '10.1.0.1', destination: '10.2.0.1' }
const flow6: Flow = { source: '2001:db8::1', destination: '2001:db8:2::1' }
const four = udp(flow)
const uniform: Tables = {
  ...world,
  labels: [{ label: FIREWALL, action: 'dynamic', vnf: 'fw', model: 'uniform' }, ...world.labels.slice(1)],
}

/** The neighbour's view of one model, both address families. */
function uniformCase(name: string, of: Flow): Case {
  return {
    name,
    tables: uniform,
    steps: [
      {
        from: 'net0',
        frame: arriving(
          [
            { label: FIREWALL, ttl: 10, tc: 5 },
            { label: NEXT, ttl: 200, tc: 0 },
          ],
          udp({ ...of, ttl: 64 }),
        ),
        // TTL 9 and class 5 (CS5 = 40, ECN as it was) reach the packet, so that the VNF sees them.
        expect: { out: 'vnf0', frame: leaving('vnf0', [], udp({ ...of, ttl: 9, trafficClass: 5 << 5 })) },
      },
      {
        from: 'vnf0',
        // It routes: one hop less.
        frame: returned('vnf0', udp({ ...of, ttl: 8, trafficClass: 5 << 5 })),
        expect: {
          out: 'net1',
          frame: leaving('net1', [{ label: NEXT, ttl: 8, tc: 5 }], udp({ ...of, ttl: 8, trafficClass: 5 << 5 })),
        },
      },
    ],
  }
}

export const labels: readonly Case[] = [
  uniformCase('uniform model, IPv4: TTL and class go through the labels, the packet, the VNF, and back', flow),
  uniformCase('uniform model, IPv6: hop limit and class go through the labels, the packet, the VNF, and back', flow6),
  {
    name: 'uniform model: a TTL is never raised, and a drop precedence within the class is kept (AF43 = class 4)',
    tables: uniform,
    steps: [
      {
        from: 'net0',
        frame: arriving([{ label: FIREWALL, ttl: 200, tc: 4 }, NEXT], udp({ ...flow, ttl: 30, trafficClass: 38 << 2 })),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], udp({ ...flow, ttl: 30, trafficClass: 38 << 2 })) },
      },
    ],
  },
  {
    name: 'pipe model: the packet’s TTL and class are its own, the next label’s too',
    tables: world,
    steps: [
      {
        from: 'net0',
        frame: arriving(
          [
            { label: FIREWALL, ttl: 10, tc: 5 },
            { label: NEXT, ttl: 200, tc: 2 },
          ],
          four,
        ),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 199, tc: 2 }], four) },
      },
    ],
  },
  {
    name: 'pipe model: TTL and class of a session follow its packets',
    tables: world,
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, { label: NEXT, ttl: 200 }], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        from: 'net0',
        frame: arriving([FIREWALL, { label: NEXT, ttl: 90 }], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 89 }], four) },
      },
      {
        from: 'net0',
        frame: arriving([FIREWALL, { label: NEXT, ttl: 90, tc: 3 }], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 89, tc: 3 }], four) },
      },
    ],
    // A TTL is noted in the entry; another class makes a new one.
    stats: { learned: 1, replaced: 1 },
  },
  ...([0, 1] as const).map(
    (ttl): Case => ({
      name: `a label with TTL ${ttl} ends here`,
      tables: world,
      steps: [{ from: 'net0', frame: arriving([{ label: FIREWALL, ttl }, NEXT], four), expect: { drop: 'ttl' } }],
    }),
  ),
  {
    name: 'pipe model: a next label whose TTL is used up ends after the VNF',
    tables: world,
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, { label: NEXT, ttl: 1 }], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      { from: 'vnf0', frame: returned('vnf0', four), expect: { drop: 'ttl' } },
    ],
  },
  {
    name: 'swap and forward, class kept, TTL one less',
    tables: { ...world, labels: [{ label: 2002, action: 'forward', nextHop: 'east', out: 2999 }] },
    steps: [
      {
        from: 'net0',
        frame: arriving([{ label: 2002, ttl: 7, tc: 6 }, 3001], four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: 2999, ttl: 6, tc: 6 }, 3001], four) },
      },
    ],
  },
  {
    name: 'penultimate hop popping: with labels below, and the last one (pipe and uniform)',
    tables: {
      ...world,
      labels: [
        { label: 2002, action: 'forward', nextHop: 'east', out: 'pop' },
        { label: 2003, action: 'forward', nextHop: 'east', out: 'pop', model: 'uniform' },
      ],
    },
    steps: [
      {
        from: 'net0',
        frame: arriving([2002, { label: 3001, ttl: 9 }], four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: 3001, ttl: 9 }], four) },
      },
      {
        from: 'net0',
        frame: arriving([{ label: 2003, ttl: 5, tc: 1 }, 3001], four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: 3001, ttl: 4, tc: 1 }], four) },
      },
      {
        from: 'net0',
        frame: arriving([2002], four),
        expect: { out: 'net1', frame: leaving('net1', [], udp({ ...flow, ttl: 63 })) },
      },
    ],
  },
  {
    name: 'our own node-SID on top is popped, then the next label counts; explicit null and an entropy label too',
    tables: { ...world, labels: [{ label: 16001, action: 'pop' }, ...world.labels] },
    steps: [
      {
        from: 'net0',
        frame: arriving([16001, FIREWALL, NEXT], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        from: 'net0',
        frame: arriving([16001, 7, 123456, FIREWALL, NEXT], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      { from: 'net0', frame: arriving([16001, 0], four), expect: { pass: arriving([], four) } },
      { from: 'net0', frame: arriving([2], udp(flow6)), expect: { pass: arriving([], udp(flow6)) } },
      {
        from: 'net0',
        frame: arriving([16001, 16001, 16001, 16001, 16001, 16001], four),
        expect: { drop: 'stack-depth' },
      },
    ],
  },
  {
    name: 'labels in no table are dropped, or go to the kernel as they are, or to the default next hop',
    tables: world,
    steps: [{ from: 'net0', frame: arriving([4001, 3001], four), expect: { drop: 'unknown-label' } }],
  },
  {
    name: 'labels in no table go to the kernel as they are',
    tables: world,
    settings: { unknownLabels: 'pass' },
    steps: [{ from: 'net0', frame: arriving([4001, 3001], four), expect: { pass: arriving([4001, 3001], four) } }],
  },
  {
    name: 'labels in no table go to the default next hop, one hop further',
    tables: world,
    settings: { defaultNextHop: 'east' },
    steps: [
      {
        from: 'net0',
        frame: arriving([4001, 3001], four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: 4001, ttl: 63 }, 3001], four) },
      },
      {
        from: 'net0',
        frame: arriving([FIREWALL, 4001], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', four),
        expect: { out: 'net1', frame: leaving('net1', [{ label: 4001, ttl: 63 }], four) },
      },
    ],
  },
  {
    name: 'special-purpose labels that mean nothing here are no labels to forward by: not on top, not behind a VNF',
    tables: world,
    settings: { defaultNextHop: 'east' },
    steps: [
      ...[1, 3, 4, 8, 13, 14, 15].map((special) => ({
        from: 'net0' as const,
        frame: arriving([special, FIREWALL, NEXT], four),
        expect: { drop: 'unknown-label' as const },
      })),
      {
        from: 'net0',
        frame: arriving([FIREWALL, 3], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      { from: 'vnf0', frame: returned('vnf0', four), expect: { drop: 'unknown-label' } },
    ],
  },
  {
    name: 'a router alert label is the kernel’s where unknown labels are',
    tables: world,
    settings: { unknownLabels: 'pass', defaultNextHop: 'east' },
    steps: [{ from: 'net0', frame: arriving([1, NEXT], four), expect: { pass: arriving([1, NEXT], four) } }],
  },
  {
    name: 'a label that is to be dropped',
    tables: { ...world, labels: [{ label: 666, action: 'drop' }] },
    steps: [{ from: 'net0', frame: arriving([666], tcp(flow)), expect: { drop: 'label' } }],
  },
  {
    name: 'tables change as a whole: from one packet to the next another chain, sessions go on with what they have',
    tables: world,
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT], four),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four) },
      },
      {
        change: {
          ...world,
          labels: [
            { label: FIREWALL, action: 'dynamic', vnf: 'ids' },
            { label: NEXT, action: 'forward', nextHop: 'west', out: 'keep' },
          ],
        },
        from: 'net0',
        frame: arriving([FIREWALL, NEXT], four),
        expect: { out: 'vnf1', frame: leaving('vnf1', [], four) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', four),
        expect: { out: 'net0', frame: leaving('net0', [{ label: NEXT, ttl: 63 }], four) },
      },
      {
        from: 'vnf1',
        frame: returned('vnf1', four),
        expect: { out: 'net0', frame: leaving('net0', [{ label: NEXT, ttl: 63 }], four) },
      },
    ],
  },
]
