import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { test } from 'node:test'
import { validateRecord } from '@segchain/records'
import fc from 'fast-check'
import { BmpRouter } from '../src/bmp/bmp-router.js'
import { CaptureDecoder, DecodeError, decodeOpen, decodeUpdate, readRecordedSession } from '../src/index.js'
import { fixture } from './support/fixtures.js'

const runs = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 3000)
const files = ['isis-sr-l1', 'isis', 'ospf-sr'].map((name) => fixture(`frr-captures/bgpls-frr10.7.1-${name}.pcap`))
const corpus = (await Promise.all(files.map((file) => readRecordedSession(createReadStream(file))))).flatMap(
  ({ updates }) => updates,
)

/** AFI and SAFI as they stand in MP_REACH_NLRI and MP_UNREACH_NLRI. */
const LINK_STATE = Buffer.from([0x40, 0x04, 71])

/** A real UPDATE with a few bytes changed, and its end cut off or not. */
const mutated = fc
  .record({
    base: fc.integer({ min: 0, max: corpus.length - 1 }),
    edits: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
    cut: fc.option(fc.nat(), { freq: 5 }),
    safi: fc.constantFrom(71, 71, 72, 80),
  })
  .map(({ base, edits, cut, safi }) => {
    const source = corpus[base] ?? Buffer.alloc(23)
    const bytes = Buffer.from(cut === null ? source : source.subarray(0, Math.max(23, cut % source.length)))
    const family = bytes.indexOf(LINK_STATE)
    if (family >= 0) bytes[family + 2] = safi
    for (const [at, value] of edits) bytes[19 + (at % (bytes.length - 19))] = value
    return bytes
  })

function harmless(decode: () => void): void {
  try {
    decode()
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    assert.ok(error.where.path)
  }
}

test(`${runs} mutated UPDATEs: no error outside our class, and only valid records`, () => {
  fc.assert(
    fc.property(mutated, fc.boolean(), (bytes, asn4) => {
      harmless(() => {
        const { announced } = decodeUpdate({ type: 2, bytes }, { asn4 })
        for (const record of announced) validateRecord('segchain.topology/1', record)
      })
    }),
    { numRuns: runs },
  )
})

test('what an UPDATE gives does not depend on what was decoded before it', () => {
  const all = () => JSON.stringify(corpus.map((bytes) => decodeUpdate({ type: 2, bytes }, { asn4: true })))
  const before = all()
  fc.assert(
    fc.property(mutated, (bytes) => {
      harmless(() => decodeUpdate({ type: 2, bytes }, { asn4: true }))
    }),
    { numRuns: Math.min(runs, 3000) },
  )
  assert.equal(all(), before)
})

test('BMP messages of any bytes: no error outside our class, and the router goes on', () => {
  const message = fc
    .tuple(
      fc.constantFrom(3, 4),
      fc.integer({ min: 0, max: 7 }),
      fc.uint8Array({ maxLength: 120 }),
      fc.nat({ max: corpus.length - 1 }),
    )
    .map(([version, type, tail, index]) => {
      // Half of them hold a real UPDATE behind a peer header of any bytes.
      const body = type === 0 && tail.length >= 42 ? Buffer.concat([tail.subarray(0, 42), corpus[index] ?? tail]) : tail
      return { version, type, bytes: Buffer.concat([Buffer.from([version, 0, 0, 0, 0, type]), body]) }
    })
  const router = new BmpRouter('10.0.0.1', { strictOrder: false })
  fc.assert(
    fc.property(message, (one) => {
      for (const finding of router.message(one)) {
        if (finding.kind === 'update') assert.ok(finding.source)
      }
    }),
    { numRuns: runs },
  )
})

test('OPENs of any bytes: no error outside our class', () => {
  const open = fc
    .uint8Array({ minLength: 10, maxLength: 80 })
    .map((tail) => Buffer.concat([Buffer.alloc(19, 0xff), tail]))
  fc.assert(
    fc.property(open, (bytes) => harmless(() => decodeOpen({ type: 1, bytes }))),
    { numRuns: runs },
  )
})

test('captures with bytes changed: an error of ours at most, and an end', async () => {
  const whole: Buffer[] = []
  for await (const chunk of createReadStream(files[0] ?? '')) whole.push(chunk)
  const source = Buffer.concat(whole)
  const edits = fc.array(fc.tuple(fc.nat({ max: source.length - 1 }), fc.integer({ min: 0, max: 255 })), {
    maxLength: 8,
  })
  await fc.assert(
    fc.asyncProperty(edits, async (list) => {
      const bytes = Buffer.from(source)
      for (const [at, value] of list) bytes[at] = value
      const chunks = (async function* () {
        yield bytes
      })()
      try {
        for await (const _ of new CaptureDecoder({ strictOrder: false }).decode(chunks)) {
          // Every record is looked at by the test above.
        }
      } catch (error) {
        if (!(error instanceof DecodeError) && !(error instanceof Error && error.name === 'SegchainError')) throw error
      }
    }),
    { numRuns: Math.max(100, runs / 100) },
  )
})
