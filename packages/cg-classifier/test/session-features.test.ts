import assert from 'node:assert/strict'
import test from 'node:test'
import type { ReportRecord } from '@segchain/records'
import { FEATURE_COUNT } from '../src/model/feature-vector.js'
import { FeatureWriter } from '../src/model/feature-writer.js'
import { SESSION_FEATURE_NAMES, sessionContexts } from '../src/model/session-features.js'

const direction = (packets: number, size: number) => {
  const times = { meanInterArrivalUs: 0, varianceInterArrivalUs2: 0 }
  return { packets, bytes: packets * size, meanSizeBytes: size, varianceSizeBytes2: 0, ...times }
}
const report = (packets: number, port = 1, swap = false): ReportRecord => {
  const ends = ['10.0.0.1', port, '10.0.0.2', 2] as const
  const [sourceAddress, sourcePort, destinationAddress, destinationPort] = swap
    ? (['10.0.0.2', 2, '10.0.0.1', port] as const)
    : ends
  const [forward, backward] = [direction(packets, 1000), direction(1, 50)]
  const flow = { sourceAddress, sourcePort, destinationAddress, destinationPort }
  return {
    kind: 'report',
    id: 'x',
    ...flow,
    ...(swap ? { forward: backward, backward: forward } : { forward, backward }),
  }
}

function rows(reports: readonly ReportRecord[]): number[][] {
  const writer = new FeatureWriter('session')
  const target = new Float32Array(reports.length * writer.width)
  reports.forEach((one, row) => {
    writer.put(target, row, one)
  })
  return reports.map((_, row) => [...target.subarray(row * writer.width, (row + 1) * writer.width)])
}

test('until the memory is full, the past is the mean and the population deviation of all windows so far', () => {
  const packets = [4, 8, 6, 10]
  const row = rows(packets.map((count) => report(count))).at(-1) ?? []
  const at = (name: string) => row[SESSION_FEATURE_NAMES.indexOf(name)]
  assert.equal(at('down.packets'), 10)
  assert.equal(at('mean.down.packets'), 7)
  assert.equal(at('deviation.down.packets'), Math.fround(Math.sqrt(5)))
  assert.equal(at('mean.up.bytes'), 50)
  assert.equal(at('deviation.up.bytes'), 0)
})

test('the past is the last 21 to 40 windows, exactly, and nothing of what was before them', () => {
  const packets = Array.from({ length: 130 }, (_, index) => (index < 50 ? 1000 : 4 + ((index * 7) % 13)))
  rows(packets.map((count) => report(count))).forEach((row, last) => {
    const younger = (last % 20) + 1
    const seen = packets.slice(Math.max(0, last + 1 - younger - 20), last + 1)
    const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length
    const variance = seen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / seen.length
    const at = (name: string) => row[SESSION_FEATURE_NAMES.indexOf(name)] ?? Number.NaN
    assert.ok(Math.abs(at('mean.down.packets') - mean) < 1e-3, `window ${last}`)
    assert.ok(Math.abs(at('deviation.down.packets') - Math.sqrt(variance)) < 1e-3, `window ${last}`)
  })
})

test('both directions are one session, other ports are another', () => {
  const found = rows([report(4), report(8, 1, true), report(100, 9)])
  const mean = SESSION_FEATURE_NAMES.indexOf('mean.down.packets')
  assert.deepEqual(
    found.map((row) => row[mean]),
    [4, 6, 100],
  )
  assert.equal(found[0]?.length, 3 * FEATURE_COUNT)
})

test('memory is bounded, and a session that goes on is not forgotten', () => {
  const contexts = sessionContexts(100)
  const kept = contexts.of('kept')
  for (let other = 0; other < 1000; other++) {
    contexts.of(`other ${other}`)
    assert.equal(contexts.of('kept'), kept)
    assert.ok(contexts.size <= 102, `${contexts.size}`)
  }
})
