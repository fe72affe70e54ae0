import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TopologyRecord, validateRecord } from '@segchain/records'
import { encodeAnnouncement, encodeWithdrawal } from '../src/codec/bgp/encode-update.js'
import { decodeUpdate } from '../src/index.js'
import { Rib } from '../src/rib/rib.js'
import { localNode, nlri, remoteNode, tlv, updateOf } from './support/fixtures.js'

const context = { nextHop: '10.0.0.1', localAsn: 65000, internal: true, asn4: true, extended: false }
const length = (hex: string) => (hex.length / 2).toString(16).padStart(4, '0')

/** MP_REACH_NLRI of AFI 16388 and this SAFI; the next hop of SAFI 72 has a Route Distinguisher of 0. */
function reach(safi: number, nlriHex: string, attributeHex = '') {
  const hop = safi === 72 ? '0c 0000000000000000 0a000001' : '04 0a000001'
  const value = `4004 ${safi.toString(16)} ${hop} 00 ${nlriHex}`.replace(/\s/g, '')
  const attribute = attributeHex.replace(/\s/g, '')
  return updateOf(`40010100 400200 900e${length(value)}${value} 901d${length(attribute)}${attribute}`)
}

/** The NLRI with a Route Distinguisher after type and length (RFC 9552 §5.2, figure 6). */
function withDistinguisher(nlriHex: string, distinguisher: string): string {
  const body = distinguisher + nlriHex.slice(8)
  return nlriHex.slice(0, 4) + length(body) + body
}

function only(records: readonly TopologyRecord[]): TopologyRecord {
  assert.equal(records.length, 1)
  const [record] = records
  assert.ok(record)
  validateRecord('segchain.topology/1', record)
  return record
}

const node = nlri(1, 2, localNode)
const link = nlri(2, 2, localNode + remoteNode + tlv(259, '0a000001'))

// source: RFC 9552 §5.2 figure 6, RFC 4364 §4.2, by hand
for (const [hex, text] of [
  ['0000fde800000001', '0:65000:1'],
  ['00010a0000010007', '1:10.0.0.1:7'],
  ['0002fa56ea000001', '2:4200000000:1'],
  ['0009010203040506', '9:010203040506'],
] as const) {
  test(`BGP-LS-VPN: a node with Route Distinguisher ${text} is read and written`, () => {
    const wire = withDistinguisher(node, hex)
    const record = only(decodeUpdate(reach(72, wire, tlv(1026, '7231')), { asn4: true }).announced)
    assert.equal(record.kind === 'node' && record.routeDistinguisher, text)
    assert.equal(record.id, `[${text}]isis-l2:0:65000:0000.0000.0001`)
    const announced = encodeAnnouncement(record, () => undefined, context).toString('hex')
    assert.ok(announced.includes(wire))
    // AFI, SAFI 72, a next hop of 12 bytes.
    assert.ok(announced.includes('400448' + '0c' + '0000000000000000' + '0a000001'))
    assert.ok(
      encodeWithdrawal(record, () => undefined, context)
        .toString('hex')
        .includes(`400448${wire}`),
    )
  })
}

test('the same node in two VPNs and in the default table is three objects', () => {
  const rib = new Rib()
  for (const update of [
    reach(71, node),
    reach(72, withDistinguisher(node, '0000fde800000001')),
    reach(72, withDistinguisher(node, '0000fde800000002')),
  ]) {
    rib.apply('peer', decodeUpdate(update, { asn4: true }))
  }
  assert.equal(rib.size, 3)
})

test('a link of a VPN names nodes of the same VPN, also after encoding by ids alone', () => {
  const wire = withDistinguisher(link, '0000fde800000001')
  const record = only(decodeUpdate(reach(72, wire), { asn4: true }).announced)
  assert.equal(record.kind === 'link' && record.localNode, '[0:65000:1]isis-l2:0:65000:0000.0000.0001')
  assert.equal(record.kind === 'link' && record.remoteNode, '[0:65000:1]isis-l2:0:65000:0000.0000.0002')
  assert.ok(
    encodeAnnouncement(record, () => undefined, context)
      .toString('hex')
      .includes(wire),
  )
})

test('an NLRI of a VPN that is cut inside its Route Distinguisher is discarded, the next one is read', () => {
  const cut = '00010004 0000fde8'.replace(/\s/g, '')
  const { announced, problems } = decodeUpdate(reach(72, cut + withDistinguisher(node, '0000fde800000001')), {
    asn4: true,
  })
  assert.equal(announced.length, 1)
  assert.equal(problems[0]?.treatment, 'nlri-discard')
})

test('an unknown NLRI type of a VPN keeps its Route Distinguisher apart from its value', () => {
  const record = only(
    decodeUpdate(reach(72, '00630009 0000fde800000001 aa'.replace(/\s/g, '')), { asn4: true }).announced,
  )
  assert.deepEqual(record, {
    kind: 'unknown-nlri',
    id: '[0:65000:1]nlri-99:aa',
    type: 99,
    routeDistinguisher: '0:65000:1',
    value: 'aa',
  })
  assert.ok(
    encodeAnnouncement(record, () => undefined, context)
      .toString('hex')
      .includes('006300090000fde800000001aa'),
  )
})

// source: RFC 9815 §5.2 (TLVs 1181, 1184, 1185; metric of 4 bytes), by hand
test('BGP-LS-SPF: sequence number, status, link address family and a metric of 4 bytes', () => {
  const ends =
    tlv(256, tlv(512, '0000fde8') + tlv(516, '0a000001')) + tlv(257, tlv(512, '0000fde9') + tlv(516, '0a000002'))
  const wire = nlri(2, 4, ends + tlv(258, '0000000100000002') + tlv(1185, '01'))
  const attribute = tlv(1095, '00000064') + tlv(1181, '0000000100000005') + tlv(1184, '01')
  const { announced, problems } = decodeUpdate(reach(80, wire, attribute), { asn4: true })
  assert.deepEqual(problems, [])
  const record = only(announced)
  assert.equal(record.kind, 'link')
  assert.equal(record.id, '[spf]direct:0:65000:;bgp=10.0.0.1>65001:;bgp=10.0.0.2;ids=1.2;family=ipv4')
  const { spf, igpMetric, spfSequenceNumber, spfStatus, linkAddressFamily } = record
  assert.deepEqual(
    { spf, igpMetric, spfSequenceNumber, spfStatus, linkAddressFamily },
    { spf: true, igpMetric: 100, spfSequenceNumber: '4294967301', spfStatus: 1, linkAddressFamily: 'ipv4' },
  )
  const bytes = encodeAnnouncement(record, () => undefined, context).toString('hex')
  assert.ok(bytes.includes(`400450040a00000100${wire}`))
  assert.ok(bytes.endsWith(attribute))
})

test('each table has an End-of-RIB of its own', () => {
  for (const safi of [71, 72, 80]) {
    assert.equal(decodeUpdate(updateOf(`800f03 4004 ${safi.toString(16)}`), { asn4: true }).endOfRib, safi)
  }
  assert.equal(decodeUpdate(updateOf('800f03 0001 01'), { asn4: true }).endOfRib, undefined)
})

test('a route refresh of one table leaves what was said in the other', () => {
  const rib = new Rib()
  rib.apply('peer', decodeUpdate(reach(71, node), { asn4: true }))
  rib.apply('peer', decodeUpdate(reach(72, withDistinguisher(node, '0000fde800000001')), { asn4: true }))
  rib.beginRefresh('peer', 72)
  assert.deepEqual(
    rib.endRefresh('peer', 72).map(({ id }) => id),
    ['[0:65000:1]isis-l2:0:65000:0000.0000.0001'],
  )
  assert.equal(rib.size, 1)
})
