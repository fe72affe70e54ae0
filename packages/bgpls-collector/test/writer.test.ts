import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteWriter } from '../src/codec/writer.js'

test('a number is written whole wherever the buffer has to grow', () => {
  for (let before = 240; before < 260; before++) {
    const writer = new ByteWriter().bytes(Buffer.alloc(before))
    writer.u8(1).u16(0x0203).u24(0x040506).u32(0x0708090a).u64(0x0b0c0d0e0f101112n).f32(1)
    const hex = writer.toBytes().subarray(before).toString('hex')
    assert.equal(hex, '0102030405060708090a0b0c0d0e0f1011123f800000')
    for (const add of [
      (one: ByteWriter) => one.u8(1),
      (one: ByteWriter) => one.u16(1),
      (one: ByteWriter) => one.u24(1),
      (one: ByteWriter) => one.u32(1),
      (one: ByteWriter) => one.u64(1n),
      (one: ByteWriter) => one.f32(1),
    ]) {
      assert.ok(
        add(new ByteWriter().bytes(Buffer.alloc(before)))
          .toBytes()
          .subarray(before)
          .some((byte) => byte !== 0),
      )
    }
  }
})
