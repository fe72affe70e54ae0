import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { fromWire, toWire } from '../src/index.js'

// source: the format line of docs (the published VNFs' datagram)
const published = '["10.0.0.1",4000,"10.0.0.2",5000,[3,300,46666.7,3000,1000000],[0,0,0,0,0]]'

test("the published probe's datagram is read and written back", () => {
  assert.equal(toWire(fromWire(JSON.parse(published))), published)
})

test('our datagram adds sequence, session and start, which the published reader passes over', () => {
  const ours = JSON.stringify([...JSON.parse(published), 7, 's1', '1700000000000000000'])
  const report = fromWire(JSON.parse(ours))
  assert.deepEqual([report.sequence, report.sessionId, report.windowStartNs], [7, 's1', '1700000000000000000'])
  assert.equal(toWire(report, true), ours)
})

test('our datagram says the protocol where it is not UDP', () => {
  const tcp = JSON.stringify([...JSON.parse(published), 7, null, null, 6])
  assert.equal(fromWire(JSON.parse(tcp)).protocol, 6)
  assert.equal(toWire(fromWire(JSON.parse(tcp)), true), tcp)
  for (const wrong of [256, -1, '6', 6.5]) {
    const text = JSON.stringify([...JSON.parse(published), 7, null, null, wrong])
    assert.throws(() => fromWire(JSON.parse(text)), { category: 'data', code: 'REPORT_FORMAT' })
  }
})

const bad: [string, string, string][] = [
  ['an object', '{}', 'REPORT_FORMAT'],
  ['too few elements', '["10.0.0.1",1,"10.0.0.2",2,[0,0,0,0,0]]', 'REPORT_FORMAT'],
  ['no address', '["host",1,"10.0.0.2",2,[0,0,0,0,0],[0,0,0,0,0]]', 'REPORT_FORMAT'],
  ['port 65536', '["10.0.0.1",65536,"10.0.0.2",2,[0,0,0,0,0],[0,0,0,0,0]]', 'REPORT_FORMAT'],
  ['infinity', '["10.0.0.1",1,"10.0.0.2",2,[1,1e999,0,0,0],[0,0,0,0,0]]', 'REPORT_FORMAT'],
  ['null for a number', '["10.0.0.1",1,"10.0.0.2",2,[1,null,0,0,0],[0,0,0,0,0]]', 'REPORT_FORMAT'],
  ['a negative count', '["10.0.0.1",1,"10.0.0.2",2,[-1,0,0,0,0],[0,0,0,0,0]]', 'REPORT_RANGE'],
  ['half a packet', '["10.0.0.1",1,"10.0.0.2",2,[1.5,10,0,0,0],[0,0,0,0,0]]', 'REPORT_RANGE'],
  ['sizes without packets', '["10.0.0.1",1,"10.0.0.2",2,[0,10,0,0,0],[0,0,0,0,0]]', 'REPORT_RANGE'],
  ['a gap of one packet', '["10.0.0.1",1,"10.0.0.2",2,[1,10,0,5,0],[0,0,0,0,0]]', 'REPORT_RANGE'],
  ['an impossible size', '["10.0.0.1",1,"10.0.0.2",2,[1,70000,0,0,0],[0,0,0,0,0]]', 'REPORT_RANGE'],
]
for (const [what, text, code] of bad) {
  test(`${what} is refused with its place`, () => {
    assert.throws(() => fromWire(JSON.parse(text)), { category: 'data', code })
  })
}

test('addresses are taken in lower case, and not with a zone', () => {
  const report = (address: string) => [address, 1, 'fe80::2', 2, [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]
  assert.equal(fromWire(report('FE80::1')).sourceAddress, 'fe80::1')
  assert.throws(() => fromWire(report('fe80::1%eth0')), { code: 'REPORT_FORMAT' })
})

test('no JSON value makes the reader fail otherwise', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      try {
        fromWire(value)
      } catch (error) {
        assert.equal((error as { category?: string }).category, 'data')
      }
    }),
    { numRuns: Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 500) },
  )
})
