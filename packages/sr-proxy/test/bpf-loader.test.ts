import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { SegchainError } from '@segchain/records'
import fc from 'fast-check'
import { Attr, Command } from '../src/bpf/attr.js'
import { Helper } from '../src/bpf/helper-process.js'
import { Kernel } from '../src/bpf/kernel.js'
import { loadObject, possibleCpus } from '../src/bpf/load.js'
import { parseObject } from '../src/bpf/object.js'
import { needsRoot } from './root.js'

const file = readFileSync(new URL('../../test/fixtures/loader/loader.bpf.o', import.meta.url))

test('an object that clang made is read: its maps, its programs with the functions they call, its global data', () => {
  const { maps, programs, license } = parseObject(file)
  assert.equal(license, 'Dual BSD/GPL')
  const shapes = maps.map(({ name, type, keySize, valueSize, maxEntries }) => {
    return [name, type, keySize, valueSize, maxEntries].join(' ')
  })
  assert.deepEqual(shapes.sort(), [
    '.bss 2 4 4 1',
    '.rodata 2 4 4 1',
    '.rodata.cst4 2 4 4 1',
    'events 27 0 0 65536',
    'generations 12 4 4 2',
    'jumps 3 4 4 4',
    'labels 1 4 16 64',
    'one 2 4 4 4',
    'totals 6 4 8 2',
  ])
  assert.deepEqual(maps.find(({ name }) => name === 'generations')?.initial, [{ index: 1, name: 'one' }])
  assert.deepEqual(maps.find(({ name }) => name === 'jumps')?.initial, [{ index: 2, name: 'next' }])
  assert.deepEqual(
    programs.map(({ name, functions }) => [name, functions.length]),
    [
      ['next', 3],
      ['entry', 1],
    ],
  )
})

test('no damage to an object gives anything but an error that says so', () => {
  const runs = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 300)
  fc.assert(
    fc.property(fc.nat(file.length - 1), fc.nat(255), fc.nat(file.length), (at, byte, length) => {
      const damaged = Buffer.from(file)
      damaged[at] = byte
      for (const object of [damaged, file.subarray(0, length)]) {
        try {
          parseObject(object)
        } catch (error) {
          assert.ok(error instanceof SegchainError && error.code === 'BPF_OBJECT', String(error))
        }
      }
    }),
    { numRuns: runs },
  )
})

test('the kernel takes it, runs it, and its records arrive', async (t) => {
  if (!needsRoot(t)) return
  const helper = Helper.start()
  t.after(() => helper.stop())
  const kernel = new Kernel(helper)
  const { programs, tables } = await loadObject(kernel, parseObject(file))
  const events = tables.get('events')
  assert.ok(events)
  const records: number[][] = []
  assert.equal(
    await helper.watchRing(events.descriptor, 65536, (record) => {
      records.push([record.readUInt32LE(0), record.readUInt32LE(4)])
    }),
    0,
  )
  await tables.get('one')?.set(u32(0), u32(2))
  await tables.get('labels')?.set(u32(1), Buffer.alloc(16))
  const attr = new Attr(80)
    .u32(0, programs.get('entry') ?? -1)
    .u32(8, 64)
    .u32(32, 100)
  const run = await helper.bpf(Command.testRun, attr.bytes, [{ at: 16, in: Buffer.alloc(64) }])
  assert.equal(run.result, 0)
  assert.equal(run.attr.readUInt32LE(4), 2, 'what the inner map says')
  assert.equal((await tables.get('labels')?.get(u32(1)))?.readBigUInt64LE(0), 100n)
  const totals = await tables.get('totals')?.get(u32(1))
  assert.equal(totals?.length, 8 * possibleCpus())
  assert.equal(
    Array.from({ length: possibleCpus() }, (_, cpu) => Number(totals?.readBigUInt64LE(cpu * 8))).reduce(
      (a, b) => a + b,
    ),
    100,
  )
  for (let waited = 0; records.length < 100 && waited < 200; waited++)
    await new Promise((resolve) => setTimeout(resolve, 10))
  assert.deepEqual(records[99], [0 + 3 + 1 + 1 + 2 + 4 + 3 + 1 + 7, 100])
})

test('a table of many entries is written, read and emptied in batches', async (t) => {
  if (!needsRoot(t)) return
  const helper = Helper.start()
  t.after(() => helper.stop())
  const spec = parseObject(file)
  const { tables } = await loadObject(new Kernel(helper), spec, { maxEntries: new Map([['labels', 100_000]]) })
  const labels = tables.get('labels')
  assert.ok(labels)
  const entries = Array.from({ length: 100_000 }, (_, index) => ({
    key: u32(index),
    value: Buffer.alloc(16, index % 251),
  }))
  await labels.setAll(entries)
  const seen = new Set<number>()
  for await (const { key, value } of labels.entries()) {
    assert.equal(value[0], key.readUInt32LE() % 251)
    seen.add(key.readUInt32LE())
  }
  assert.equal(seen.size, 100_000)
  assert.equal(await labels.delete(u32(5)), true)
  assert.equal(await labels.delete(u32(5)), false)
  assert.equal(await labels.get(u32(5)), undefined)
  // 5 is not there: it is passed over.
  await labels.deleteAll([u32(4), u32(5), u32(6), u32(200_000), u32(7)])
  assert.deepEqual(
    [await labels.get(u32(4)), await labels.get(u32(6)), await labels.get(u32(7))],
    [undefined, undefined, undefined],
  )
  assert.ok(await labels.get(u32(8)))
  await labels.setAll([4, 5, 6, 7].map((key) => ({ key: u32(key), value: Buffer.alloc(16) })))
  await assert.rejects(
    labels.setAll([
      { key: u32(200_000), value: Buffer.alloc(16) },
      { key: u32(200_001), value: Buffer.alloc(16) },
    ]),
    {
      code: 'KERNEL_E2BIG',
    },
  )
})

test('what the verifier refuses is told with the end of its log', async (t) => {
  if (!needsRoot(t)) return
  const helper = Helper.start()
  t.after(() => helper.stop())
  // r0 = *(u64 *)(r1 + 4096): outside of the context
  const code = Buffer.from('7910001000000000' + '9500000000000000', 'hex')
  await assert.rejects(
    new Kernel(helper).loadXdp({ name: 'bad', section: 'xdp' }, code, 'GPL'),
    (error: SegchainError) => {
      return error.code === 'KERNEL_EACCES' && String(error.cause).includes('invalid bpf_context access')
    },
  )
})

test('a helper that has gone is an error, not a hang', async () => {
  const helper = Helper.start('/bin/true')
  await assert.rejects(helper.bpf(Command.mapCreate, Buffer.alloc(72)), { code: 'HELPER_GONE' })
  const missing = Helper.start('/nonexistent/sr-proxy-bpf')
  await assert.rejects(missing.bpf(Command.mapCreate, Buffer.alloc(72)), { code: 'HELPER_GONE' })
})

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
