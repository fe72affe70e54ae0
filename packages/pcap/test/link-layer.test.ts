import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ipPacketOf } from '../src/index.js'

const ETHERNET = 1

test('a frame of nothing but VLAN tags is passed over, however many there are', () => {
  const frame = Buffer.alloc(12 + 4 * 60_000)
  for (let at = 12; at < frame.length; at += 4) frame.writeUInt16BE(0x8100, at)
  assert.equal(ipPacketOf({ linkType: ETHERNET, bytes: frame, offset: 0 }), undefined)
})
