import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LinkRecord, type TopologyRecord, validateRecord } from '@segchain/records'
import { decodeUpdate } from '../src/index.js'
import { announcing, nlri, tlv, updateOf } from './support/fixtures.js'

// source: the forms of UPDATEs that users of ExaBGP have put into its tracker (IOS XR: issues 892, 1078, 1085; Junos 17:
// 653, 678), written anew with values of our own. Each was read once as it stands there.

function read(message: { type: 2; bytes: Buffer }): TopologyRecord {
  const { announced, problems } = decodeUpdate(message, { asn4: true })
  assert.deepEqual(
    problems.map(({ error }) => error.message),
    [],
  )
  const [record] = announced
  assert.ok(record !== undefined && announced.length === 1)
  assert.equal('unknown' in record, false)
  return validateRecord('segchain.topology/1', record) as TopologyRecord
}

const router = (number: string) => tlv(512, '0000fde8') + tlv(513, '00000000') + tlv(515, number)

test('IOS XR: an unnumbered link of multi-topology 2 with End.X SIDs of several algorithms, delays and ASLA', () => {
  const endX = (flags: string, algorithm: string, sid: string) =>
    tlv(1106, `0039 ${flags} ${algorithm} 00 00 ${sid} ${tlv(1252, '20101000')}`)
  const attribute = [
    tlv(1028, '0a00ca01'),
    tlv(1029, 'fc001000011200000000000000000001'),
    tlv(1030, '0a000201'),
    tlv(1031, 'fc001000000200000000000000000001'),
    tlv(1089, '4e9502f9'),
    tlv(1095, '00000a'),
    endX('80', '00', 'fc000001000ae0020000000000000000'),
    endX('00', '81', 'fc000101000ae0030000000000000000'),
    tlv(1114, '0000000a'),
    tlv(1115, '0000000a 0000000b'),
    tlv(1116, '00000000'),
    // The minimum and maximum stand in the ASLA too, and its masks have 4 bytes each.
    tlv(1122, `04 04 0000 10000000 00000000 ${tlv(1088, '00000005')} ${tlv(1115, '00000014 00000015')}`),
  ].join('')
  const descriptors =
    tlv(256, router('000000000015')) +
    tlv(257, router('000300000009')) +
    tlv(258, '00000027 00000035') +
    tlv(263, '0002')
  const record = read(announcing(nlri(2, 2, descriptors), attribute.replace(/\s/g, ''))) as LinkRecord
  assert.equal(record.localLinkId, 39)
  assert.equal(record.remoteLinkId, 53)
  assert.equal(record.multiTopologyId, 2)
  assert.deepEqual(
    record.srv6EndXSids?.map(({ algorithm, flags, sid }) => [algorithm, flags, sid]),
    [
      [0, ['backup'], 'fc00:1:a:e002::'],
      [129, [], 'fc00:101:a:e003::'],
    ],
  )
  assert.deepEqual([record.minDelayUs, record.maxDelayUs], [10, 11])
  const [asla] = record.applicationSpecific ?? []
  assert.deepEqual(asla?.applications, ['flex-algo'])
  assert.deepEqual(asla?.attributes, { adminGroups: [0, 2], minDelayUs: 20, maxDelayUs: 21 })
})

test('IOS XR: an OSPF link to a designated router, with adjacency-SIDs of a LAN and their backups', () => {
  const area = tlv(512, '00000001') + tlv(513, '00000000') + tlv(514, '00000001')
  const descriptors =
    tlv(256, area + tlv(515, 'c0a80001')) +
    tlv(257, area + tlv(515, 'c0a800010a000009')) +
    tlv(259, '0a000009') +
    tlv(260, '0a000009')
  const attribute = tlv(1095, '000001') + tlv(1100, 'e0000000 c0a80003 005dc2') + tlv(1100, '60000000 c0a80003 005dc3')
  const record = read(announcing(nlri(2, 3, descriptors), attribute)) as LinkRecord
  assert.match(record.remoteNode, /192\.168\.0\.1:10\.0\.0\.9/)
  assert.deepEqual(
    record.adjacencySids?.map(({ label, neighbor, flags }) => [label, neighbor, flags]),
    [
      [24_002, '192.168.0.3', ['backup', 'value', 'local']],
      [24_003, '192.168.0.3', ['value', 'local']],
    ],
  )
})

test('IOS XR: an SRv6 SID of an instance, next hop of 16 bytes, the attribute behind it and MP_REACH_NLRI first', () => {
  const descriptors = tlv(256, router('000000000009')) + tlv(263, '0002') + tlv(518, 'fc001003000200000000000000000000')
  const body = `02 0000000000021c90 ${descriptors}`.replace(/\s/g, '')
  const reach =
    `400447 10 fc001000000100000000000000000001 00 0006 00${(body.length / 2).toString(16)} ${body}`.replace(/\s/g, '')
  const attribute = tlv(1250, '003a 00 00') + tlv(1252, '20101000')
  const record = read(
    updateOf(
      `900e 00${(reach.length / 2).toString(16)} ${reach} 40010100 400200 40050400000064 801d ${(attribute.length / 2).toString(16).padStart(2, '0')} ${attribute}`,
    ),
  )
  assert.equal(record.kind, 'srv6-sid')
  assert.ok(record.kind === 'srv6-sid')
  assert.equal(record.instanceId, '138384')
  assert.deepEqual([record.sid, record.behavior, record.algorithm], ['fc00:1003:2::', 58, 0])
})

test('Junos: a node with its name, area, range of labels and algorithm, BGP-LS attribute before MP_REACH_NLRI', () => {
  const attribute =
    tlv(1024, '00') +
    tlv(1026, Buffer.from('Border1').toString('hex')) +
    tlv(1027, '490004') +
    tlv(1028, 'c0000201') +
    tlv(1034, `c000 001000 ${tlv(1161, '0c3500')}`.replace(/\s/g, '')) +
    tlv(1035, '00')
  const reach = `40044704c000020100${nlri(1, 2, tlv(256, tlv(512, '0000fde8') + tlv(515, '100000000001')))}`
  const record = read(
    updateOf(
      `40010100 400200 40050400000064 801d ${(attribute.length / 2).toString(16)} ${attribute} 900e 00${(reach.length / 2).toString(16)} ${reach}`,
    ),
  )
  assert.ok(record.kind === 'node')
  assert.equal(record.name, 'Border1')
  assert.deepEqual(record.isisAreas, ['49.0004'])
  assert.deepEqual(record.srgb, [{ first: 800_000, size: 4096 }])
  assert.deepEqual(record.algorithms, [0])
})
