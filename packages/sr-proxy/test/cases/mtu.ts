import { icmp, tcp, udp } from '../packets/transport.js'
import type { Case, Expected } from './case.js'
import { arriving, FIREWALL, leaving, MAC, NEXT, onward, returned, toFirewall, world } from './world.js'

/** Frames that grow past the MTU when they get their labels back. */
const tables = { ...world, nextHops: { ...world.nextHops, east: { interface: 'net1', mac: MAC.net1, mtu: 1400 } } }
const ends = { source: '10.1.0.1', destination: '10.2.0.1' }
const ends6 = { source: '2001:db8::1', destination: '2001:db8:2::1' }
const stack = [FIREWALL, NEXT, 3001]

/** IP packets with the DF bit where IPv4 has it. */
const four = (bytes: number): Buffer => tcp({ ...ends, dontFragment: true, payload: bytes - 40 })
const six = (bytes: number): Buffer => udp({ ...ends6, payload: bytes - 48 })

function grown(name: string, packet: Buffer, expect: Expected, settings: Case['settings'] = {}): Case {
  return {
    name,
    tables,
    settings,
    steps: [
      { from: 'net0', frame: arriving(stack, packet), expect: { out: 'vnf0', frame: leaving('vnf0', [], packet) } },
      { from: 'vnf0', frame: returned('vnf0', packet), expect },
    ],
  }
}

/**
 * To the VNF, which is the way back to the sender; the MTU is what an IP packet may have: 1,400 less two labels. It quotes so
 * much that it has 576 bytes (RFC 1812 §4.3.2.3) or 1,280 (RFC 4443 §2.4 c).
 */
function tooBig4(packet: Buffer, fits = 1392): Buffer {
  const header = { source: ends.destination, destination: ends.source, id: 0, trafficClass: 0xc0 }
  return leaving('vnf0', [], icmp(header, 3, 4, fits, packet.subarray(0, 548)))
}
function tooBig6(packet: Buffer): Buffer {
  return leaving(
    'vnf0',
    [],
    icmp({ source: ends6.destination, destination: ends6.source }, 2, 0, 1392, packet.subarray(0, 1232)),
  )
}

export const mtu: readonly Case[] = [
  grown('as long as the MTU with its labels: sent', four(1392), {
    out: 'net1',
    frame: leaving('net1', [{ label: NEXT, ttl: 63 }, 3001], four(1392)),
  }),
  grown('one byte more, IPv4: ICMP, fragmentation needed, goes back to the VNF', four(1393), {
    back: tooBig4(four(1393)),
  }),
  grown('one byte more, IPv6: ICMPv6 Packet Too Big goes back to the VNF', six(1393), { back: tooBig6(six(1393)) }),
  grown('one byte more, IPv4 that may be fragmented: dropped, counted', tcp({ ...ends, payload: 1393 - 40 }), {
    drop: 'mtu',
  }),
  grown('no ICMP when it is switched off', six(1393), { drop: 'mtu' }, { icmpPerSecond: 0 }),
  {
    name: 'ICMP is sent so often in a second and not more',
    tables,
    settings: { icmpPerSecond: 1 },
    steps: [
      {
        from: 'net0',
        frame: arriving(stack, four(1393)),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four(1393)) },
      },
      { from: 'vnf0', frame: returned('vnf0', four(1393)), expect: { back: tooBig4(four(1393)) } },
      { from: 'vnf0', frame: returned('vnf0', four(1393)), expect: { drop: 'mtu' } },
    ],
    stats: { 'too-big': 1 },
  },
  {
    name: 'longer than a VNF’s MTU, or than the next hop’s without a VNF between: dropped, counted',
    tables: {
      ...tables,
      attachments: { fw: { interface: 'vnf0', mac: MAC.vnf0, mtu: 1000 } },
      labels: [toFirewall, onward],
    },
    steps: [
      { from: 'net0', frame: arriving(stack, four(1001)), expect: { drop: 'mtu' } },
      {
        from: 'net0',
        frame: arriving(stack, four(1000)),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], four(1000)) },
      },
      { from: 'net0', frame: arriving([NEXT], four(1397)), expect: { drop: 'mtu' } },
      {
        from: 'net0',
        frame: arriving([NEXT], four(1396)),
        expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }], four(1396)) },
      },
    ],
  },
  {
    name: 'jumbo frames, which are in several buffers: there, back, and one that is too long with its labels',
    tables: {
      ...tables,
      attachments: { fw: { interface: 'vnf0', mac: MAC.vnf0, mtu: 9000 } },
      nextHops: { east: { interface: 'net1', mac: MAC.net1, mtu: 9000 } },
      labels: [toFirewall, onward],
    },
    steps: [
      ...[3500, 4096, 8996].flatMap((bytes) => [
        {
          from: 'net0' as const,
          frame: arriving([FIREWALL, NEXT], four(bytes)),
          expect: { out: 'vnf0' as const, frame: leaving('vnf0', [], four(bytes)) },
        },
        {
          from: 'vnf0' as const,
          frame: returned('vnf0', four(bytes)),
          expect: { out: 'net1' as const, frame: leaving('net1', [{ label: NEXT, ttl: 63 }], four(bytes)) },
        },
      ]),
      { from: 'vnf0', frame: returned('vnf0', four(8997)), expect: { back: tooBig4(four(8997), 8996) } },
    ],
  },
]
