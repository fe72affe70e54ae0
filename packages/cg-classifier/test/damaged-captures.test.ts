import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Logger } from '@segchain/cli-kit'
import { pcapHeader, udpRecord } from '@segchain/pcap'
import { Damage } from '../src/features/damage.js'
import { reportsOfCapture } from '../src/index.js'

const from = { address: [10, 0, 0, 1] as const, port: 1000 }
const to = { address: [10, 0, 0, 2] as const, port: 2000 }
const packets = [0, 1, 2, 40].map((ms) => udpRecord(5, ms * 1e6, from, to, 100))
const whole = Buffer.concat([pcapHeader(), ...packets])

async function read(bytes: Buffer, damage = new Damage('fail', log)) {
  const counts = { packets: 0, counted: 0, passedOver: 0 }
  const found: number[] = []
  let code: string | undefined
  try {
    for await (const report of reportsOfCapture(Readable.from([bytes]), {}, counts, damage.reading('x.pcap'))) {
      found.push(report.forward.packets)
    }
  } catch (error) {
    code = (error as { code?: string }).code
  }
  return { found, packets: counts.packets, code }
}

const warnings: string[] = []
const log: Logger = { debug: () => {}, info: () => {}, warn: (what) => warnings.push(String(what)), error: () => {} }

test('what was read before a capture breaks off is reported, the open windows too', async () => {
  const cut = await read(whole.subarray(0, whole.length - 10))
  assert.deepEqual(cut, { found: [3], packets: 3, code: 'CAPTURE_BROKEN' })
})

test('gzip is undone, and broken gzip gives what could be undone', async () => {
  const packed = gzipSync(whole)
  assert.deepEqual(await read(packed), { found: [3, 1], packets: 4, code: undefined })
  assert.equal((await read(packed.subarray(0, packed.length - 12))).code, 'GZIP')
})

test('--on-error=skip counts the place and goes on behind it; tag leaves a record', async () => {
  const [first = Buffer.alloc(0), ...rest] = packets
  const bad = Buffer.concat([pcapHeader(), first, Buffer.alloc(16, 0xff), ...rest])
  assert.equal((await read(bad)).code, 'CAPTURE_BROKEN')
  const skip = new Damage('skip', log)
  assert.deepEqual((await read(bad, skip)).found, [3, 1])
  assert.deepEqual([skip.counts, skip.taken()], [{ skipped: 1 }, []])
  const tag = new Damage('tag', log)
  await read(bad, tag)
  assert.deepEqual(
    tag.taken().map(({ kind }) => kind),
    ['error'],
  )
  assert.equal(warnings.length, 2)
})
