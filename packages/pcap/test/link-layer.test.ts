import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { datagramOf, insideUdpTunnel, ipPacketOf, isKnownLinkType, tcpSegmentOf } from '../src/index.js'

const ETHERNET = 1
const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 300)

// source: the RFCs and IEEE standards that the sources cite, frames written out by hand
const hex = (...parts: readonly (string | Buffer)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part.replace(/\s/g, ''), 'hex') : part)))
const u16 = (value: number) => value.toString(16).padStart(4, '0')

/** 10.0.0.1:1000 to 10.0.0.2:2000, 5 bytes of payload. */
const udp = hex('03e8 07d0 000d 0000 0102030405')
const ipv4 = (protocol: number, content: Buffer, flags = '0000') =>
  hex('4500', u16(20 + content.length), '0001', flags, '40', u16(protocol).slice(2), '0000 0a000001 0a000002', content)
const ipv6 = (next: number, content: Buffer) =>
  hex(
    '60000000',
    u16(content.length),
    u16(next).slice(2),
    '40',
    'fd',
    '00'.repeat(14),
    '01',
    'fd',
    '00'.repeat(14),
    '02',
    content,
  )
const inner = ipv4(17, udp)
const macs = '020000000001 020000000002'

const found = (linkType: number, ...parts: readonly (string | Buffer)[]) => {
  const ip = ipPacketOf({ linkType, bytes: hex(...parts), offset: 0 })
  const datagram = ip === undefined ? undefined : datagramOf(ip)
  return datagram === undefined ? undefined : `${datagram.source}:${datagram.sourcePort} ${datagram.payloadBytes}`
}
const HERE = '10.0.0.1:1000 5'

const frames: readonly [string, number, ...(string | Buffer)[]][] = [
  ['Ethernet', ETHERNET, macs, '0800', inner],
  ['802.1Q in 802.1ad', ETHERNET, macs, '88a8 0064 8100 0065 0800', inner],
  ['LLC and SNAP instead of an ethertype', ETHERNET, macs, '0029 aaaa03 000000 0800', inner],
  ['three MPLS labels', ETHERNET, macs, '8847 03e800ff 03e900ff 03ea01ff', inner],
  ['MPLS behind a VLAN tag', ETHERNET, macs, '8100 0001 8847 03ea01ff', inner],
  ['an Ethernet pseudowire with a control word', ETHERNET, macs, '8847 03ea01ff 00000000', macs, '0800', inner],
  ['PPPoE', ETHERNET, macs, '8864 1100 0001', u16(inner.length + 2), '0021', inner],
  ['PPPoE with a compressed protocol', ETHERNET, macs, '8864 1100 0001', u16(inner.length + 1), '21', inner],
  ['PPP', 9, 'ff03 0021', inner],
  ['PPP with MPLS', 9, '0281 03ea01ff', inner],
  ['Cisco HDLC', 104, '0f00 0800', inner],
  ['Linux cooked', 113, '0000 0001 0006 020000000001 0000 0800', inner],
  ['Linux cooked, with a VLAN tag', 113, '0000 0001 0006 020000000001 0000 8100 0001 0800', inner],
  ['Linux cooked v2', 276, '0800 0000 00000001 0001 00 06 0200000000010000', inner],
  ['NFLOG', 239, '02000000 0800 0100 08000100 0700 0a00 66770000', u16Little(inner.length + 4), '0900', inner],
  ['PKTAP of macOS', 258, '10000000 01000000 01000000 00000000', macs, '0800', inner],
  ['802.11', 105, '0800 0000', '020000000001'.repeat(3), '0000 aaaa03000000 0800', inner],
  [
    '802.11 with QoS and radiotap',
    127,
    '0000 0a00 00000000 0000 8801 0000',
    '020000000001'.repeat(3),
    '0000 0000 aaaa03000000 0800',
    inner,
  ],
  ['IP in IP', 101, ipv4(4, inner)],
  ['IPv4 in IPv6', 101, ipv6(4, inner)],
  ['SRv6: a routing header with two segments', 101, ipv6(43, hex('04 04 04 01 01 00 0000', 'fd'.repeat(32), inner))],
  ['SRv6 with Ethernet inside', 101, ipv6(143, hex(macs, '0800', inner))],
  ['GRE', 101, ipv4(47, hex('0000 0800', inner))],
  ['GRE with checksum, key and sequence number', 101, ipv4(47, hex('b000 0800 00000000 00000001 00000002', inner))],
  ['GRE with Ethernet', 101, ipv6(47, hex('0000 6558', macs, '8100 0001 0800', inner))],
  ['GRE with MPLS', 101, ipv4(47, hex('0000 8847 03ea01ff', inner))],
  ['ERSPAN type 2', 101, ipv4(47, hex('1000 88be 00000001', '1001000000000000', macs, '0800', inner))],
  ['GRE in IP in MPLS', ETHERNET, macs, '8847 03ea01ff', ipv4(4, ipv4(47, hex('0000 0800', inner)))],
  ['MPLS in IP', 101, ipv4(137, hex('03ea01ff', inner))],
  ['EtherIP', 101, ipv4(97, hex('3000', macs, '0800', inner))],
  ['ERSPAN type 3', 101, ipv4(47, hex('1000 22eb 00000001', '20010001 00000000 00000000', macs, '0800', inner))],
  [
    'ERSPAN type 3 with a platform header',
    101,
    ipv4(47, hex('1000 22eb 00000001', '20010001 00000000 00000001', '00'.repeat(8), macs, '0800', inner)),
  ],
  ['a backbone service tag', ETHERNET, macs, '88a8 0001 88e7 00000064', macs, '0800', inner],
  ['VN-Tag', ETHERNET, macs, '8926 00010002 0800', inner],
  ['an E-tag of 802.1BR', ETHERNET, macs, '893f 0001 0002 0003 0800', inner],
  ['HSR', ETHERNET, macs, '892f 1034 0001 0800', inner],
  ["Cisco's metadata", ETHERNET, macs, '8909 0101 0001 0064 0800', inner],
  ['an NSH', ETHERNET, macs, '894f 0fc60101 000001ff', '00'.repeat(16), inner],
  ['LLC with the number of IP', ETHERNET, macs, '0024 060603', inner],
  ['whole multilink fragments', 9, 'ff03 003d c0000001 0021', inner],
  ['whole multilink fragments with short numbers', 9, 'ff03 003d c001 21', inner],
  ['Frame Relay with an NLPID', 107, '1841 03 cc', inner],
  ['Frame Relay with SNAP, padded', 107, '1841 03 00 80 000000 0800', inner],
  ['Frame Relay with a bridged frame', 107, '1841 03 00 80 0080c2 0007', macs, '0800', inner],
  ["Cisco's Frame Relay", 107, '1841 0800', inner],
  ['Frame Relay with an address of 4 bytes', 107, '18404041 03 cc', inner],
  ['PPP with its direction', 204, '01 ff03 0021', inner],
  ['Cisco HDLC with its direction', 205, '01 0f00 0800', inner],
  ['Frame Relay with its direction', 206, '01 1841 03 cc', inner],
  ['PPP of pppd', 166, '01 03 0021', inner],
  ['decrypted IPsec of OpenBSD', 109, '00000002 00000001 00000000', inner],
  ['Token Ring', 6, '1040', macs, 'aaaa03 000000 0800', inner],
  ['FDDI', 10, '50', macs, 'aaaa03 000000 0800', inner],
  ['RFC 2684', 100, 'aaaa03 000000 0800', inner],
  ['SunATM', 123, '02000005 aaaa03 000000 0800', inner],
  ['IP over Fibre Channel', 122, '00'.repeat(16), 'aaaa03 000000 0800', inner],
  ['IEEE 1394', 138, '00'.repeat(16), '0800', inner],
  ['InfiniBand', 242, '00'.repeat(40), '0800 0000', inner],
  ['PPI', 192, '0000 0800 01000000', macs, '0800', inner],
  ['Junos, Ethernet with extensions', 178, '4d474381 0006 010400000000', macs, '0800', inner],
  ['Junos, Ethernet without extensions', 178, '4d474301', macs, '0800', inner],
  ['Junos, above the link layer', 178, '4d474302 00000002', inner],
  ['Junos, PPP', 179, '4d474301 ff03 0021', inner],
  ['Junos, Frame Relay', 180, '4d474301 1841 03 cc', inner],
  ['Junos, Cisco HDLC', 181, '4d474301 0f00 0800', inner],
  [
    '802.11 with padding that radiotap tells of, behind a time stamp',
    127,
    '0000 1900 03000080 00000000 00000000 0000000000000000 20',
    '8801 0000',
    '020000000001'.repeat(3),
    '0000 0000 0000 aaaa03000000 0800',
    inner,
  ],
  [
    'Prism',
    119,
    '00000044 00000090',
    '00'.repeat(136),
    '0801 0000',
    '020000000001'.repeat(3),
    '0000 aaaa03000000 0800',
    inner,
  ],
  [
    'AVS',
    163,
    '80211001 00000040',
    '00'.repeat(56),
    '0801 0000',
    '020000000001'.repeat(3),
    '0000 aaaa03000000 0800',
    inner,
  ],
  ['an authentication header', 101, ipv4(51, hex('11 04 0000 00000001 00000001', '00'.repeat(12), udp))],
]

function u16Little(value: number): string {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes.toString('hex')
}

for (const [name, linkType, ...parts] of frames) {
  test(`the datagram is found behind ${name}`, () => {
    assert.equal(found(linkType, ...parts), HERE)
    // Cut anywhere: nothing, or the same; never a throw.
    const whole = hex(...parts)
    for (let length = 0; length < whole.length; length++) {
      assert.ok([undefined, HERE].includes(found(linkType, whole.subarray(0, length))))
    }
  })
}

const overUdp = (port: string, ...parts: readonly (string | Buffer)[]) => {
  const content = hex(...parts)
  return ipv4(17, hex('c350', port, u16(8 + content.length), '0000', content))
}

const VXLAN = 4789
const tunnels: readonly [string, Buffer][] = [
  ['VXLAN', overUdp(u16(VXLAN), '08000000 00000100', macs, '0800', inner)],
  ["VXLAN on Linux's port", overUdp(u16(8472), '08000000 00000100', macs, '0800', inner)],
  ['VXLAN-GPE', overUdp(u16(4790), '0c000001 00000100', inner)],
  ['Geneve', overUdp(u16(6081), '00006558 00000100', macs, '0800', inner)],
  ['Geneve with an option', overUdp(u16(6081), '02000800 00000100 01030101 09090909', inner)],
  ['GTP-U', overUdp(u16(2152), '30ff', u16(inner.length), '00000001', inner)],
  ['GTP-U with a sequence number', overUdp(u16(2152), '32ff', u16(inner.length + 4), '00000001 00010000', inner)],
  ['GTP-U with a PDU session', overUdp(u16(2152), '34ff', u16(inner.length + 8), '00000001 00000085 01000900', inner)],
  ['MPLS in UDP', overUdp(u16(6635), '03ea01ff', inner)],
  ['L2TP', overUdp(u16(1701), '0002 0001 0001 ff03 0021', inner)],
  ['L2TP with all options', overUdp(u16(1701), '4a02 0040 0001 0001 00010002 0002 0000 0021', inner)],
  ['LISP', overUdp(u16(4341), '0000000000000000', inner)],
  [
    'Teredo with authentication and origin',
    overUdp(u16(3544), '00010000 0000000000000000 00', '0000 0000 00000000', inner),
  ],
  ['GRE in VXLAN', overUdp(u16(VXLAN), '08000000 00000100', macs, '0800', ipv4(47, hex('0000 0800', inner)))],
]

for (const [name, outer] of tunnels) {
  test(`the packet is found in ${name}`, () => {
    assert.deepEqual(insideUdpTunnel(outer), inner)
    for (let length = 0; length < outer.length; length++) {
      const cut = insideUdpTunnel(outer.subarray(0, length))
      assert.ok([undefined, 5].includes(cut === undefined ? undefined : datagramOf(cut)?.payloadBytes))
    }
  })
}

test('a datagram that is no tunnel, of another port, a fragment or without its flags, holds no packet', () => {
  const vxlan = ['08000000 00000100', macs, '0800', inner] as const
  assert.equal(insideUdpTunnel(inner), undefined)
  assert.equal(insideUdpTunnel(overUdp('1389', ...vxlan)), undefined)
  assert.equal(insideUdpTunnel(overUdp(u16(VXLAN), '00000000 00000100', macs, '0800', inner)), undefined)
  assert.equal(insideUdpTunnel(ipv4(17, overUdp(u16(VXLAN), ...vxlan).subarray(20), '2000')), undefined)
  assert.equal(insideUdpTunnel(overUdp(u16(2152), '3201', u16(4), '00000000 00010000')), undefined)
})

test('a link type of another kind is known to be unknown', () => {
  assert.ok([1, 113, 178, 192, 258, 276].every(isKnownLinkType))
  // Bluetooth, USB.
  assert.ok(![187, 189].some(isKnownLinkType))
  assert.equal(found(187, macs, '0800', inner), undefined)
})

test('headers in headers without end are given up, not followed until the stack is full', () => {
  const pseudowire = hex('03ea01ff 00000000', macs, '8847')
  const frame = hex(macs, '8847', Buffer.concat(Array.from({ length: 11_000 }, () => pseudowire)))
  assert.equal(ipPacketOf({ linkType: ETHERNET, bytes: frame, offset: 0 }), undefined)
})

test('IPv6 extension headers of all kinds are passed', () => {
  const fragment = hex('11 00 0000 00000001', udp)
  const chain = hex(
    '3c 00 010400000000',
    '33 00 010400000000',
    '2c 04 0000 00000001 00000001',
    '00'.repeat(12),
    fragment,
  )
  const ip = ipv6(0, chain)
  assert.equal(datagramOf(ip)?.payloadBytes, 5)
  assert.equal(datagramOf(ipv6(135, hex('11 00 000000000000', udp)))?.payloadBytes, 5)
})

test('of fragments the first one counts for UDP and none for TCP, but a whole packet with a fragment header does', () => {
  const tcp = hex('0001 0002 00000000 00000000 5000 0000 00000000 aa')
  assert.equal(datagramOf(ipv4(17, udp, '2000'))?.payloadBytes, 5)
  assert.equal(datagramOf(ipv4(17, udp, '2001')), undefined)
  assert.equal(tcpSegmentOf(ipv4(6, tcp, '2000')), undefined)
  assert.equal(tcpSegmentOf(ipv6(44, hex('06 00 0000 00000001', tcp)))?.payload.length, 1)
  assert.equal(tcpSegmentOf(ipv6(44, hex('06 00 0001 00000001', tcp))), undefined)
  assert.equal(datagramOf(ipv6(44, hex('11 00 0008 00000001', udp))), undefined)
})

test('a tunnel of fragments, PPTP, an encrypted 802.11 frame and an unknown ethertype hold nothing', () => {
  assert.equal(found(101, ipv4(47, hex('0000 0800', inner), '2000')), undefined)
  assert.equal(found(101, ipv4(47, hex('2001 880b 00000000', inner))), undefined)
  assert.equal(found(105, '0840 0000', '020000000001'.repeat(3), '0000 aaaa03000000 0800', inner), undefined)
  assert.equal(found(ETHERNET, macs, '88b5', inner), undefined)
})

test('whatever the bytes are, a frame gives a packet or nothing', () => {
  const linkType = fc.oneof(fc.constantFrom(...frames.map(([, link]) => link)), fc.nat(300))
  const starts = fc.constantFrom(...frames.map(([, , ...parts]) => hex(...parts)), ...tunnels.map(([, ip]) => ip))
  fc.assert(
    fc.property(
      linkType,
      starts,
      fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 8 }),
      (link, start, edits) => {
        const bytes = Buffer.from(start)
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value
        const ip = ipPacketOf({ linkType: link, bytes, offset: 0 })
        if (ip !== undefined) {
          datagramOf(ip)
          tcpSegmentOf(ip)
          insideUdpTunnel(ip)
        }
      },
    ),
    { numRuns },
  )
})

test('a frame of nothing but VLAN tags is passed over, however many there are', () => {
  const frame = Buffer.alloc(12 + 4 * 60_000)
  for (let at = 12; at < frame.length; at += 4) frame.writeUInt16BE(0x8100, at)
  assert.equal(ipPacketOf({ linkType: ETHERNET, bytes: frame, offset: 0 }), undefined)
})
