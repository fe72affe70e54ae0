import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DecodeError, decodeUpdate } from '../src/index.js'
import { announcing, localNode, nlri, remoteNode, tlv, updateOf } from './support/fixtures.js'

// source: RFC 9552 §8.2.2 and RFC 7606; the messages are written out by hand
const node = nlri(1, 2, localNode)
const decode = (message: { type: number; bytes: Buffer }, strictOrder = false) =>
  decodeUpdate(message, { asn4: true, strictOrder })
const treatments = (message: { type: number; bytes: Buffer }) => decode(message).problems.map((one) => one.treatment)

test('a TLV longer than its attribute: the attribute is discarded, the NLRI is kept, place and lengths are named', () => {
  const { announced, problems } = decode(announcing(node, `${tlv(1026, '7231')}04020008`))
  assert.deepEqual(announced, [
    {
      kind: 'node',
      id: 'isis-l2:0:65000:0000.0000.0001',
      protocol: 'isis-l2',
      instanceId: '0',
      asn: 65000,
      routerId: '0000.0000.0001',
      discardedAttribute: '04020002723104020008',
    },
  ])
  const [problem] = problems
  assert.equal(problem?.treatment, 'attribute-discard')
  assert.equal(problem.error.where.path, 'update/attributes/BGP-LS Attribute/tlv 1026')
  assert.equal(problem.error.need, 8)
  assert.equal(problem.error.have, 0)
})

test('a TLV of wrong length, a sub-TLV longer than its parent: attribute discard', () => {
  assert.deepEqual(treatments(announcing(node, tlv(1024, '8000'))), ['attribute-discard'])
  assert.deepEqual(treatments(announcing(node, tlv(1034, `c000 001f40 ${'04890004'}003e80`))), ['attribute-discard'])
  assert.deepEqual(treatments(announcing(node, tlv(1039, `80010064 04100008 00000001`))), ['attribute-discard'])
})

test('a TLV that is well-formed but says what cannot be is kept as bytes (RFC 9552 §8.2.2: no semantic checks)', () => {
  const { announced, problems } = decode(
    announcing(node, tlv(1026, '7231') + tlv(1036, `0000 000000 ${tlv(1161, '003e80')}`)),
  )
  const [record] = announced
  assert.deepEqual(
    problems.map((one) => one.treatment),
    ['kept-raw'],
  )
  assert.equal(record?.kind === 'node' && record.name, 'r1')
  assert.equal(record?.unknown?.[0]?.code, 1036)
})

test('of two NLRIs the broken one is discarded, the other one stays', () => {
  const broken = nlri(1, 2, '0100000a0203000600000000')
  const { announced, problems } = decode(announcing(broken + node, ''))
  assert.equal(announced.length, 1)
  assert.deepEqual(
    problems.map((one) => one.treatment),
    ['nlri-discard'],
  )
})

test('a node descriptor with a sub-TLV twice, a link without remote node: NLRI discard', () => {
  const twice = tlv(256, tlv(515, '000000000001') + tlv(515, '000000000002'))
  assert.deepEqual(treatments(announcing(nlri(1, 2, twice), '')), ['nlri-discard'])
  assert.deepEqual(treatments(announcing(nlri(2, 2, localNode), '')), ['nlri-discard'])
})

test('descriptors out of order are read under the same id, and discarded with the strict option', () => {
  const sorted = nlri(2, 2, localNode + remoteNode + tlv(259, '0a000001') + tlv(260, '0a000002'))
  const shuffled = nlri(2, 2, tlv(260, '0a000002') + remoteNode + tlv(259, '0a000001') + localNode)
  const [a] = decode(announcing(sorted, '')).announced
  const [b] = decode(announcing(shuffled, '')).announced
  assert.equal(a?.id, b?.id)
  assert.equal(decode(announcing(shuffled, ''), true).announced.length, 0)
})

test('an NLRI of unknown type is kept, and the one behind it is read', () => {
  const { announced } = decode(announcing(`00630003abcdef${node}`, ''))
  assert.deepEqual(announced[0], { kind: 'unknown-nlri', id: 'nlri-99:abcdef', type: 99, value: 'abcdef' })
  assert.equal(announced[1]?.kind, 'node')
})

test('an NLRI longer than MP_REACH leaves only the reset of the session', () => {
  assert.throws(
    () => decode(announcing('00010fff02', '')),
    (error) =>
      error instanceof DecodeError && error.treatment === 'session-reset' && /MP_REACH/.test(error.where.path ?? ''),
  )
})

test('a malformed ORIGIN, a missing AS_PATH: the objects are withdrawn, not the session', () => {
  const reach = `400447040a00000100${node}`
  const mp = `800e${(reach.length / 2).toString(16).padStart(2, '0')}${reach}`
  for (const attributes of [`40010109400200${mp}`, `40010100${mp}`]) {
    const { announced, withdrawn, problems } = decode(updateOf(attributes))
    assert.deepEqual(announced, [])
    assert.deepEqual(withdrawn, [{ id: 'isis-l2:0:65000:0000.0000.0001', kind: 'node' }])
    assert.equal(problems[0]?.treatment, 'treat-as-withdraw')
  }
})

test('MP_REACH twice resets, ORIGIN twice does not', () => {
  const reach = `400447040a00000100${node}`
  const mp = `800e${(reach.length / 2).toString(16).padStart(2, '0')}${reach}`
  assert.throws(() => decode(updateOf(`40010100400200${mp}${mp}`)), DecodeError)
  assert.equal(decode(updateOf(`4001010040010102400200${mp}`)).announced.length, 1)
})

test('next hops of 16 and 32 bytes are as good as one of 4', () => {
  for (const length of [16, 32]) {
    const hop = '20010db8000000000000000000000001'.repeat(length / 16)
    const reach = `40044 7${length.toString(16)}${hop}00${node}`.replace(' ', '')
    const mp = `800e${(reach.length / 2).toString(16).padStart(2, '0')}${reach}`
    assert.equal(decode(updateOf(`40010100400200${mp}`)).announced.length, 1)
  }
})

test('an End-of-RIB is told from an UPDATE that withdraws', () => {
  assert.equal(decode(updateOf('800f03400447')).endOfRib, 71)
  const withdrawal = `400447${node}`
  const unreach = `800f${(withdrawal.length / 2).toString(16).padStart(2, '0')}${withdrawal}`
  assert.equal(decode(updateOf(unreach)).endOfRib, undefined)
  assert.equal(decode(updateOf(unreach)).withdrawn.length, 1)
})
