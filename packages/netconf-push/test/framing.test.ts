import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Deframer, type Framing, frame } from '../src/framing/index.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 300)

function deframe(pieces: readonly Buffer[], framing: Framing): { messages: string[]; rest: string } {
  const messages: string[] = []
  let current: Buffer[] = []
  const deframer = new Deframer({
    data: (bytes) => current.push(Buffer.from(bytes)),
    end: () => {
      messages.push(Buffer.concat(current).toString())
      current = []
    },
  })
  deframer.use(framing)
  for (const piece of pieces) deframer.push(piece)
  return { messages, rest: Buffer.concat(current).toString() }
}

/** The same bytes, cut at the given places. */
function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = []
  let at = 0
  for (const size of sizes) {
    pieces.push(bytes.subarray(at, at + size))
    at += size
  }
  return [...pieces, bytes.subarray(at)]
}

describe('framing', () => {
  it('reads the example of RFC 6242 §4.2', () => {
    // source: RFC 6242 §4.2, the decomposition of <rpc message-id="102" … > into chunks of 4, 18 and 79 octets
    const wire =
      '\n#4\n<rpc' +
      '\n#18\n message-id="102"\n' +
      '\n#79\n     xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">\n  <close-session/>\n</rpc>' +
      '\n##\n'
    assert.deepEqual(deframe([Buffer.from(wire)], '1.1').messages, [
      '<rpc message-id="102"\n     xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">\n  <close-session/>\n</rpc>',
    ])
  })

  for (const framing of ['1.0', '1.1'] as const) {
    it(`${framing}: gives back every message however the bytes are cut`, () => {
      const text = fc
        .string({ unit: fc.constantFrom(']', '>', 'a', '\n', '#', '1', 'é') })
        .filter((s) => !`${s}]]>]]`.includes(']]>]]>') && s !== '')
      fc.assert(
        fc.property(
          fc.array(text, { minLength: 1, maxLength: 5 }),
          fc.array(fc.integer({ min: 1, max: 7 })),
          (messages, sizes) => {
            const wire = Buffer.concat(messages.map((message) => frame(message, framing)))
            assert.deepEqual(deframe(cut(wire, sizes), framing), { messages, rest: '' })
          },
        ),
        { numRuns },
      )
    })
  }

  it('1.1: any bytes at all give messages or one clear error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          deframe([Buffer.from('\n#3\nabc'), Buffer.from(bytes)], '1.1')
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'FRAMING')
        }
      }),
      { numRuns },
    )
  })

  for (const [what, wire] of [
    ['a chunk size of 0', '\n#0\n'],
    ['a leading zero', '\n#01\na'],
    ['a chunk size of more than 4294967295', '\n#4294967296\n'],
    ['an end of message without a chunk', '\n##\n'],
    ['letters for a size', '\n#abc\n'],
    ['no line feed', '#1\na'],
  ]) {
    it(`1.1: refuses ${what}`, () => {
      assert.throws(() => deframe([Buffer.from(wire ?? '')], '1.1'), { code: 'FRAMING' })
    })
  }

  it('changes from 1.0 to 1.1 between two messages of one packet', () => {
    const messages: string[] = []
    let current = ''
    const deframer = new Deframer({
      data: (bytes) => {
        current += bytes.toString()
      },
      end: () => {
        messages.push(current)
        current = ''
        deframer.use('1.1')
      },
    })
    deframer.push(Buffer.concat([frame('<hello/>', '1.0'), frame('<rpc-reply/>', '1.1')]))
    assert.deepEqual(messages, ['<hello/>', '<rpc-reply/>'])
  })

  it('takes 2 MB in pieces of one byte in linear time', () => {
    const small = timeFor(1 << 18)
    const large = timeFor(1 << 21)
    assert.ok(large < small * 8 * 4 + 200, `${small} ms for 256 kB, ${large} ms for 2 MB`)
  })
})

function timeFor(size: number): number {
  const bytes = frame(']'.repeat(size), '1.0')
  const started = performance.now()
  const deframer = new Deframer({ data: () => undefined, end: () => undefined })
  for (let at = 0; at < bytes.length; at++) deframer.push(bytes.subarray(at, at + 1))
  return performance.now() - started
}
