import { ethernet } from '../packets/ethernet.js'
import { tcp, udp } from '../packets/transport.js'
import type { Case } from './case.js'
import { arriving, FIREWALL, IDS, leaving, MAC, NEXT, returned, world } from './world.js'

const ends = { source: '10.1.0.1', destination: '10.2.0.1' }
const mine = udp({ ...ends, sourcePort: 1 })
const theirs = udp({ ...ends, sourcePort: 2 })

export const hostile: readonly Case[] = [
  {
    name: 'a forged packet: a VNF cannot send as a session of another VNF, with its labels',
    tables: world,
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT, 3001], mine),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], mine) },
      },
      {
        from: 'net0',
        frame: arriving([IDS, NEXT, 3002], theirs),
        expect: { out: 'vnf1', frame: leaving('vnf1', [], theirs) },
      },
      { from: 'vnf0', frame: returned('vnf0', theirs), expect: { drop: 'no-session' } },
      { from: 'vnf1', frame: returned('vnf1', mine), expect: { drop: 'no-session' } },
      {
        from: 'vnf0',
        frame: returned('vnf0', mine),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }, 3001], mine) },
      },
    ],
  },
  {
    name: 'a forged packet: a VNF behind a NAT port gets the labels of its own chain, whatever it sends',
    tables: {
      ...world,
      attachments: { ...world.attachments, fw: { interface: 'vnf0', mac: MAC.vnf0, rewrites: true } },
    },
    steps: [
      {
        from: 'net0',
        frame: arriving([FIREWALL, NEXT, 3001], mine),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], mine) },
      },
      {
        from: 'net0',
        frame: arriving([IDS, NEXT, 3002], theirs),
        expect: { out: 'vnf1', frame: leaving('vnf1', [], theirs) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', theirs),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }, 3001], theirs) },
      },
    ],
  },
  {
    name: 'a VNF that sends labels itself, in either ethertype, behind VLAN tags too',
    tables: world,
    steps: [
      { from: 'vnf0', frame: arriving([NEXT, 3001], mine), expect: { drop: 'forged' } },
      { from: 'vnf0', frame: ethernet(0x8848, Buffer.alloc(40)), expect: { drop: 'forged' } },
    ],
  },
  {
    name: 'an interface that the tables do not know',
    tables: world,
    steps: [{ from: 'vnf2', frame: returned('vnf2', mine), expect: { drop: 'unknown-port' } }],
  },
  {
    name: 'a VNF whose interface is not there',
    tables: { ...world, attachments: { ...world.attachments, fw: { interface: 'vnf9', mac: MAC.vnf0 } } },
    steps: [{ from: 'net0', frame: arriving([FIREWALL, NEXT], mine), expect: { drop: 'no-vnf' } }],
  },
  {
    name: 'frames too short for anything',
    tables: world,
    steps: [
      { from: 'vnf0', frame: returned('vnf0', tcp(ends)).subarray(0, 14 + 10), expect: { drop: 'malformed' } },
      { from: 'vnf0', frame: ethernet(0x8100, Buffer.from([0])), expect: { drop: 'malformed' } },
      { from: 'net0', frame: ethernet(0x8100, Buffer.from([0, 1, 0x81, 0, 0])), expect: { drop: 'malformed' } },
    ],
  },
]
