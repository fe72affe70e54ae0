import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import type { ReportRecord } from '@segchain/records'
import { reportsOfCapture, sessionKey, Windower } from '../src/index.js'
import { dataFolder, NO_DATA } from './support/data.js'

const down = { source: '10.0.0.1', sourcePort: 1, destination: '10.0.0.2', destinationPort: 2 }
const up = { source: '10.0.0.2', sourcePort: 2, destination: '10.0.0.1', destinationPort: 1 }
const ms = 1_000_000

test('a window has the features computed by hand', () => {
  const windower = new Windower(1_700_000_000_000_000_000n)
  // sizes 100, 200, 600: mean 300, squared deviations 40,000 + 10,000 + 90,000, a third of it
  // gaps 2 ms and 4 ms: mean 3,000 µs, deviations 1,000 µs each
  windower.packet(down, 0, 100)
  windower.packet(down, 2 * ms, 200)
  windower.packet(up, 3 * ms, 50)
  windower.packet(down, 6 * ms, 600)
  const [report, ...more] = windower.packet(up, 33 * ms, 70)
  assert.deepEqual(more, [])
  assert.deepEqual(report?.forward, {
    packets: 3,
    bytes: 900,
    meanSizeBytes: 300,
    varianceSizeBytes2: 140_000 / 3,
    meanInterArrivalUs: 3000,
    varianceInterArrivalUs2: 1_000_000,
  })
  assert.deepEqual(report?.backward, {
    packets: 1,
    bytes: 50,
    meanSizeBytes: 50,
    varianceSizeBytes2: 0,
    meanInterArrivalUs: 0,
    varianceInterArrivalUs2: 0,
  })
  assert.equal(report?.windowStartNs, '1700000000000000000')
  const [last] = windower.end()
  assert.equal(last?.sourceAddress, '10.0.0.2', 'the direction of the first packet of the window')
  assert.equal(last?.windowStartNs, '1700000000033000000')
})

test('a TCP flow between the ends of a UDP flow has windows of its own', () => {
  const windower = new Windower(0n)
  windower.packet(down, 0, 100)
  windower.packet({ ...down, transport: 'tcp' }, 1, 200)
  windower.packet({ ...up, transport: 'tcp' }, 2, 300)
  assert.deepEqual(
    windower.end().map(({ protocol, forward, backward }) => [protocol, forward.bytes, backward.bytes]),
    [
      [17, 100, 0],
      [6, 200, 300],
    ],
  )
})

test('a packet 1 ns before the end is in the window, one at the end is not', () => {
  const windower = new Windower(0n)
  windower.packet(down, 0, 1)
  assert.equal(windower.packet(down, 33 * ms - 1, 1).length, 0)
  assert.equal(windower.packet(down, 33 * ms, 1)[0]?.forward.packets, 2)
})

test('another flow closes an idle window; without idle-closing it stays until the end', () => {
  const other = { ...down, sourcePort: 9 }
  const closing = new Windower(0n)
  closing.packet(down, 0, 1)
  assert.equal(closing.packet(other, 40 * ms, 1).length, 1)
  const published = new Windower(0n, { idleClosing: false })
  published.packet(down, 0, 1)
  assert.equal(published.packet(other, 40 * ms, 1).length, 0)
  assert.equal(published.end().length, 2)
})

test('a clock that jumps back neither hangs nor gives a negative time', () => {
  const windower = new Windower(0n)
  windower.packet(down, 100 * ms, 1)
  windower.packet(down, 99 * ms, 1)
  const [report] = windower.packet(down, 1 * ms, 1)
  assert.equal(report?.forward.packets, 2)
  assert.equal(report?.forward.meanInterArrivalUs, 0)
})

const data = dataFolder()
const captures = [
  'traffic/negatives/quic.pcap',
  'traffic/negatives/snapchat_call_v1.pcapng',
  'traffic/geforcenow.pcapng',
]
for (const capture of captures) {
  test(`the windows of ${capture} are those of tshark's fields`, async (t) => {
    if (data === undefined) return t.skip(NO_DATA)
    const fields = [
      'frame.time_epoch',
      'ip.src',
      'ipv6.src',
      'udp.srcport',
      'ip.dst',
      'ipv6.dst',
      'udp.dstport',
      'udp.length',
    ]
    const tshark = spawnSync(
      'tshark',
      [
        '-r',
        join(data, capture),
        '-Y',
        'udp and not icmp and not icmpv6',
        '-T',
        'fields',
        '-E',
        'occurrence=f',
        ...fields.flatMap((field) => ['-e', field]),
      ],
      { encoding: 'utf8', maxBuffer: 1e8 },
    )
    if (tshark.error !== undefined) return t.skip('tshark is not installed')
    const expected = windowsOf(tshark.stdout.trim().split('\n'))
    const found: ReportRecord[] = []
    for await (const report of reportsOfCapture(createReadStream(join(data, capture)))) found.push(report)
    found.sort((a, b) => (a.id < b.id ? -1 : 1))
    assert.equal(found.length, expected.size)
    for (const report of found) {
      const lists = expected.get(report.id)
      assert.ok(lists, report.id)
      near(Object.values(report.forward), lists[0])
      near(Object.values(report.backward), lists[1])
    }
  })
}

function near(found: number[], expected: number[]): void {
  assert.equal(found.length, expected.length)
  found.forEach((value, index) => {
    const wanted = expected[index] ?? Number.NaN
    assert.ok(Math.abs(value - wanted) <= 1e-6 * Math.max(1, Math.abs(wanted)), `${value} is not ${wanted}`)
  })
}

/** The definition, written the slow way: lists of packets, two passes. */
function windowsOf(lines: string[]): Map<string, [number[], number[]]> {
  interface Sample {
    time: bigint
    size: number
    from: string
    id: string
  }
  const flows = new Map<string, Sample[][]>()
  for (const line of lines) {
    const [epoch = '', src4 = '', src6 = '', sport = '', dst4 = '', dst6 = '', dport = '', length = ''] =
      line.split('\t')
    const [seconds = '0', fraction = ''] = epoch.split('.')
    const time = BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9))
    const [src, dst] = [src4 || src6, dst4 || dst6]
    const key = sessionKey(src, Number(sport), dst, Number(dport))
    const id = `${src}|${sport}|${dst}|${dport}@${time}`
    const sample = { time, size: Number(length) - 8, from: `${src}|${sport}`, id }
    const windows = flows.get(key) ?? []
    const open = windows.at(-1)
    if (open?.[0] !== undefined && time - open[0].time < 33_000_000n) open.push(sample)
    else windows.push([sample])
    flows.set(key, windows)
  }
  const result = new Map<string, [number[], number[]]>()
  for (const window of [...flows.values()].flat()) {
    const [first] = window
    if (first === undefined) continue
    const side = (forward: boolean) => slow(window.filter((sample) => (sample.from === first.from) === forward))
    result.set(first.id, [side(true), side(false)])
  }
  return result
}

function slow(samples: { time: bigint; size: number }[]): number[] {
  const sizes = samples.map((sample) => sample.size)
  const gaps = samples.slice(1).map((sample, index) => Number(sample.time - (samples[index]?.time ?? 0n)) / 1000)
  const mean = (list: number[]) => (list.length === 0 ? 0 : list.reduce((a, b) => a + b, 0) / list.length)
  const variance = (list: number[]) => mean(list.map((value) => (value - mean(list)) ** 2))
  const bytes = sizes.reduce((a, b) => a + b, 0)
  return [sizes.length, bytes, mean(sizes), variance(sizes), mean(gaps), variance(gaps)]
}
