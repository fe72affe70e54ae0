import assert from 'node:assert/strict'
import { test } from 'node:test'
import { validateRecord } from '@segchain/records'
import { encodeAnnouncement } from '../src/codec/bgp/encode-update.js'
import { decodeUpdate } from '../src/index.js'
import { announcing, localNode, nlri, tlv } from './support/fixtures.js'

const context = { nextHop: '10.0.0.1', localAsn: 65000, internal: true, asn4: true, extended: false }

function roundTrip(nlriHex: string, attributeHex: string) {
  const { announced, problems } = decodeUpdate(announcing(nlriHex, attributeHex), { asn4: true })
  assert.deepEqual(problems, [])
  const [record] = announced
  assert.ok(record)
  validateRecord('segchain.topology/1', record)
  const bytes = encodeAnnouncement(record, () => undefined, context).toString('hex')
  assert.ok(bytes.includes(nlriHex), 'the NLRI is written as it came')
  assert.ok(bytes.endsWith(attributeHex), 'the attribute is written as it came')
  return record
}

// source: draft-ietf-idr-bgp-ls-te-path-02 §4.1 to §4.4 and §5, by hand; field widths as in sbezverk/gobmp pkg/te
test('an RSVP-TE tunnel has its ids, its ends and its state (550 to 553, 1200)', () => {
  const descriptors = tlv(550, '0007') + tlv(551, '0002') + tlv(552, '0a000001') + tlv(553, '0a000009')
  const record = roundTrip(nlri(5, 8, localNode + descriptors), tlv(1200, '01 01 0000 0008130100000001'))
  assert.equal(record.kind, 'sr-policy-path')
  assert.equal(record.id, 'policy:tunnel=7,lsp=2,head=10.0.0.1,tail=10.0.0.9@rsvp-te:0:65000:0000.0000.0001')
  const { tunnelId, lspId, tunnelHeadEnd, tunnelTailEnd, teState } = record
  assert.deepEqual(
    { tunnelId, lspId, tunnelHeadEnd, tunnelTailEnd, teState },
    {
      tunnelId: 7,
      lspId: 2,
      tunnelHeadEnd: '10.0.0.1',
      tunnelTailEnd: '10.0.0.9',
      teState: { origin: 'rsvp-te', addressFamily: 'mpls-ipv4', objects: '0008130100000001' },
    },
  )
})

test('an IPv6 tunnel has addresses of 16 bytes', () => {
  const address = '20010db8000000000000000000000001'
  const record = roundTrip(nlri(5, 8, localNode + tlv(550, '0001') + tlv(552, address)), tlv(1200, '02 02 0000'))
  assert.equal(record.kind === 'sr-policy-path' && record.tunnelHeadEnd, '2001:db8::1')
  assert.equal(record.kind === 'sr-policy-path' && record.teState?.origin, 'pcep')
})

test('a local cross-connect has its labels, interfaces and prefixes (555 to 557)', () => {
  const interfaces = tlv(556, '00 00000005 0a000102') + tlv(556, '80 00000004 0a000101')
  const fec = tlv(557, '80 18 0a0100')
  const record = roundTrip(
    nlri(5, 5, localNode + tlv(555, `00003e80 00003e81 ${interfaces} ${fec}`)),
    tlv(1200, '03010000'),
  )
  assert.equal(record.kind, 'sr-policy-path')
  assert.deepEqual(record.crossConnect, {
    incomingLabel: 16000,
    outgoingLabel: 16001,
    interfaces: [
      { localInterfaceId: 5, address: '10.0.1.2' },
      { incoming: true, localInterfaceId: 4, address: '10.0.1.1' },
    ],
    prefixes: ['10.1.0.0/24'],
  })
})

test('two cross-connects of one node are two objects', () => {
  const ids = [16000, 16001].map((label) => {
    const value = `${label.toString(16).padStart(8, '0')} 00003e90`
    return decodeUpdate(announcing(nlri(5, 5, localNode + tlv(555, value)), ''), { asn4: true }).announced[0]?.id
  })
  assert.equal(new Set(ids).size, 2)
})

// source: draft-ietf-idr-bgp-ls-segment-routing-ext-02 §2.3.3, by hand
test('the binding SID of early drafts is read and written, its EROs stay bytes (1160)', () => {
  const prefix = nlri(3, 2, localNode + tlv(265, '200a000001'))
  const record = roundTrip(prefix, tlv(1160, `05 40 0000 ${tlv(1161, '003e80')} ${tlv(1163, '0001 0a000002')}`))
  assert.equal(record.kind, 'prefix')
  assert.deepEqual(record.bindingSids, [
    { weight: 5, flags: ['mirror'], label: 16000, unknown: [{ code: 1163, value: '00010a000002' }] },
  ])
})

test('a label above 20 bits in a cross-connect is no cross-connect: the NLRI is discarded', () => {
  const bad = nlri(5, 5, localNode + tlv(555, 'ffffffff 00000001'))
  const { announced, problems } = decodeUpdate(announcing(bad, ''), { asn4: true })
  assert.equal(announced.length, 0)
  assert.equal(problems[0]?.treatment, 'nlri-discard')
})
