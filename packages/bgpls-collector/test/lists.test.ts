import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appended, exact } from '../src/codec/lists.js'
import { decodeUpdate } from '../src/index.js'
import { announcing, nlri, tlv } from './support/fixtures.js'

test('values are appended in their order, and an exact list is another one', () => {
  const one = appended<number>(undefined, 1)
  assert.deepEqual(appended(appended(one, 2), 3), [1, 2, 3])
  const copy = exact(one)
  assert.deepEqual(copy, one)
  assert.notEqual(copy, one)
})

// source: the form in which the tests of sbezverk/gobmp have a segment of type 1, written anew
test('an SR Policy segment that is a label alone is read', () => {
  const headend = tlv(256, tlv(512, '0000fde8') + tlv(516, 'c0a80101'))
  const path = tlv(554, `02000000 0a000002 00000064 0000fde8 c0a80101 00000001`.replace(/ /g, ''))
  const list = (segment: string) => tlv(1205, `000000000000 0000 0000000a${tlv(1206, segment)}`.replace(/ /g, ''))
  const read = (segment: string) => {
    const [record] = decodeUpdate(announcing(nlri(5, 9, headend + path), list(segment)), { asn4: true }).announced
    return record?.kind === 'sr-policy-path' ? record.segmentLists?.[0]?.segments : undefined
  }
  const flags = ['sid-present']
  assert.deepEqual(read('0100800000064000'), [{ type: 1, flags, label: 100 }])
  assert.deepEqual(read('010080000006400080'), [{ type: 1, flags, label: 100, algorithm: 128 }])
})
