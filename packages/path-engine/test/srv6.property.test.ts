import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  behaviorNamed,
  compressSids,
  encapsulate,
  formatIpv6,
  matches,
  parseIpv6,
  processAt,
  type Srv6Packet,
  type Srv6Sid,
} from '../src/index.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 300)
const FLAVORS = [
  'End',
  'End with PSP',
  'End with NEXT-CSID',
  'End with NEXT-CSID & PSP',
  'End with REPLACE-CSID',
] as const

/** A SID of its own node: block b0 or b1, C-SIDs of 16 or 32 bits. */
function sidOf(number: number, name: string, block: number, wide: boolean): Srv6Sid {
  const behavior = behaviorNamed(name)
  assert.ok(behavior)
  const functionBits = wide ? 16 : 0
  const structure = {
    locatorBlockBits: 48,
    locatorNodeBits: 16,
    functionBits,
    argumentBits: 64 - functionBits,
  }
  const sid = parseIpv6(`2001:db8:b${block}:${number.toString(16)}${wide ? ':1' : ''}::`) ?? 0n
  return { node: number, sid, behavior, algorithm: 0, owner: String(number), structure }
}

const lists = fc
  .array(fc.record({ flavor: fc.constantFrom(...FLAVORS), block: fc.nat(1), wide: fc.boolean() }), {
    minLength: 1,
    maxLength: 24,
  })
  .map((rows) => [
    ...rows.map(({ flavor, block, wide }, i) => sidOf(i + 1, flavor, block, wide)),
    sidOf(0x7777, 'End with USD', 0, true),
  ])

test('a compressed list visits the same endpoints in the same order', () => {
  fc.assert(
    fc.property(lists, fc.constantFrom('H.Encaps' as const, 'H.Encaps.Red' as const), (list, encapsulation) => {
      const carriers = compressSids(list)
      if ('why' in carriers) return
      assert.deepEqual(
        carriers.flatMap((carrier) => carrier.sids),
        list.map((_, i) => i),
      )
      let packet: Srv6Packet = encapsulate(
        carriers.map((carrier) => carrier.address),
        encapsulation,
      )
      for (const [i, expected] of list.entries()) {
        const found = list.filter((sid) => matches(sid, packet.destination))
        assert.deepEqual(
          found.map((sid) => sid.node),
          [expected.node],
          `at ${i}: ${formatIpv6(packet.destination)}`,
        )
        const result = processAt(expected, packet)
        if (i === list.length - 1) assert.equal(result.kind, 'decapsulate')
        else {
          assert.ok(result.kind === 'onward', `at ${i}: ${JSON.stringify(result.kind)}`)
          packet = result.packet
        }
      }
    }),
    { numRuns },
  )
})

test('any text is an address or it is not, and an address is written so that it is read again', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, (1n << 128n) - 1n), (value) => assert.equal(parseIpv6(formatIpv6(value)), value)),
    { numRuns },
  )
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseIpv6(text)
    }),
    { numRuns },
  )
})
