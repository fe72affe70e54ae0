import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TcpReassembly } from '../src/index.js'

const text = (pieces: readonly { bytes: Buffer }[]) => pieces.map(({ bytes }) => bytes.toString()).join('')

test('segments out of order, repeated and overlapping, come out in order, once', () => {
  const stream = new TcpReassembly()
  stream.push(0xffff_fffe, Buffer.alloc(0), true)
  const out = [
    ...stream.push(0xffff_fffe, Buffer.from('ab')),
    ...stream.push(4, Buffer.from('gh')),
    ...stream.push(0xffff_fffe, Buffer.from('ab')),
    ...stream.push(1, Buffer.from('def')),
    ...stream.push(0, Buffer.from('cd')),
  ]
  assert.equal(text(out), 'abcdefgh')
  assert.equal(
    out.some(({ gap }) => gap),
    false,
  )
})

test('what was never captured is a gap at the end, not a wait', () => {
  const stream = new TcpReassembly()
  stream.push(100, Buffer.alloc(0), true)
  assert.equal(text(stream.push(100, Buffer.from('ab'))), 'ab')
  assert.equal(text(stream.push(110, Buffer.from('xy'))), '')
  assert.deepEqual(stream.flush(), [{ bytes: Buffer.from('xy'), gap: true }])
})

test('what the capture lost is a gap after half a minute of its clock, also while more comes in', () => {
  const stream = new TcpReassembly()
  stream.push(100, Buffer.alloc(0), true, 1000)
  assert.equal(text(stream.push(110, Buffer.from('xy'), false, 1001)), '')
  assert.equal(text(stream.push(112, Buffer.from('z'), false, 1031)), '')
  assert.deepEqual(stream.push(113, Buffer.from('!'), false, 1032), [
    { bytes: Buffer.from('xy'), gap: true },
    { bytes: Buffer.from('z'), gap: false },
    { bytes: Buffer.from('!'), gap: false },
  ])
  assert.equal(text(stream.push(114, Buffer.from('?'), false, 1033)), '?')
})

test('a second hole has half a minute of its own', () => {
  const stream = new TcpReassembly()
  stream.push(100, Buffer.alloc(0), true, 0)
  stream.push(102, Buffer.from('cd'), false, 1)
  stream.push(106, Buffer.from('gh'), false, 2)
  assert.equal(text(stream.push(100, Buffer.from('ab'), false, 25)), 'abcd')
  assert.equal(text(stream.push(108, Buffer.from('ij'), false, 40)), '')
  assert.equal(text(stream.push(104, Buffer.from('ef'), false, 41)), 'efghij')
})

test('a capture whose SYN carries data and was not counted loses no byte', () => {
  const stream = new TcpReassembly()
  const out = [...stream.push(2, Buffer.from('abc'), true), ...stream.push(4, Buffer.from('def'))]
  assert.equal(text(out), 'abcdef')
})

test('any cut of a stream into overlapping segments in any order gives the stream', () => {
  const cut = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })), { maxLength: 30 })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), cut, (isn, cuts) => {
      const data = Buffer.from(Array.from({ length: 64 }, (_, index) => index + 32))
      const stream = new TcpReassembly()
      const whole = [[0, 64] as const]
      stream.push(isn, Buffer.alloc(0), true)
      const out = [...cuts, ...whole].flatMap(([at, length]) =>
        stream.push((isn + at) >>> 0, data.subarray(at, at + length)),
      )
      assert.equal(text(out), data.toString())
    }),
  )
})
