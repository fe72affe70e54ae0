import { fragmentHeader, ipv4, ipv6, PROTOCOL } from '../packets/ip.js'
import { udpSegment } from '../packets/transport.js'
import type { Case, Step } from './case.js'
import { arriving, FIREWALL, leaving, NEXT, returned, world } from './world.js'

/** Fragments have no ports but the first; sessions are found all the same. */
const segment = udpSegment({ source: '', destination: '', sourcePort: 4000, destinationPort: 5000, payload: 992 })
const ends = { source: '10.1.0.1', destination: '10.2.0.1', id: 77 }
const whole4 = ipv4({ ...ends, id: 78 }, PROTOCOL.udp, segment.subarray(0, 504))
const first4 = ipv4({ ...ends, moreFragments: true }, PROTOCOL.udp, segment.subarray(0, 504))
const later4 = ipv4({ ...ends, fragmentOffset: 504 }, PROTOCOL.udp, segment.subarray(504))
const ends6 = { source: '2001:db8::1', destination: '2001:db8:2::1' }
const first6 = ipv6(ends6, 44, Buffer.concat([fragmentHeader(17, 0xabcd0001, 0, true), segment.subarray(0, 504)]))
const later6 = ipv6(ends6, 44, Buffer.concat([fragmentHeader(17, 0xabcd0001, 504, false), segment.subarray(504)]))
const atomic6 = ipv6(ends6, 44, Buffer.concat([fragmentHeader(17, 9, 0, false), segment.subarray(0, 504)]))

const there = (packet: Buffer, labels: readonly number[] = [FIREWALL, NEXT]): Step => ({
  from: 'net0',
  frame: arriving(labels, packet),
  expect: { out: 'vnf0', frame: leaving('vnf0', [], packet) },
})
const back = (packet: Buffer, below: readonly number[] = []): Step => ({
  from: 'vnf0',
  frame: returned('vnf0', packet),
  expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }, ...below], packet) },
})

export const fragments: readonly Case[] = [
  {
    name: 'IPv4 fragments in order',
    tables: world,
    steps: [there(first4), there(later4), back(first4), back(later4)],
    stats: { learned: 1 },
  },
  {
    name: 'IPv6 fragments in order',
    tables: world,
    steps: [there(first6), there(later6), back(first6), back(later6)],
    stats: { learned: 1 },
  },
  {
    name: 'IPv6: a fragment header on a whole packet (RFC 6946)',
    tables: world,
    steps: [there(atomic6), back(atomic6)],
  },
  { name: 'the last fragment first', tables: world, steps: [there(later4), back(later4), there(first4), back(first4)] },
  {
    name: 'the last fragment first, and the first one before it is back',
    tables: world,
    steps: [there(later4), there(first4), back(later4), back(first4)],
  },
  {
    name: 'a VNF that reassembles: the whole packet finds the session that the first fragment made',
    tables: world,
    steps: [there(first4), there(later4), back(ipv4(ends, PROTOCOL.udp, segment))],
  },
  {
    name: 'a VNF that fragments: the pieces find the session of the whole packet',
    tables: world,
    steps: [there(whole4), back(first4), back(later4)],
  },
  {
    name: 'fragments of two sessions between the same hosts, by their identification',
    tables: world,
    steps: [
      there(first4, [FIREWALL, NEXT, 3001]),
      there(later4, [FIREWALL, NEXT, 3001]),
      there(
        ipv4(
          { ...ends, id: 80, moreFragments: true },
          PROTOCOL.udp,
          Buffer.concat([Buffer.from([1, 1, 2, 2]), segment.subarray(4, 504)]),
        ),
        [FIREWALL, NEXT, 3002],
      ),
      there(ipv4({ ...ends, id: 80, fragmentOffset: 504 }, PROTOCOL.udp, segment.subarray(504)), [
        FIREWALL,
        NEXT,
        3002,
      ]),
      back(ipv4({ ...ends, id: 80, fragmentOffset: 504 }, PROTOCOL.udp, segment.subarray(504)), [3002]),
      back(later4, [3001]),
    ],
  },
]
