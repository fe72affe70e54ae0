import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { PrefixSidElement } from '@segchain/records'
import { unfinishedTransactions } from '../src/transaction/journal-state.js'
import { enter, ownedAfter, readLedger } from '../src/transaction/ledger.js'

describe('a journal that was cut off', () => {
  it('at any byte says what it said up to the last whole line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'segchain-journal-test-'))
    try {
      const device = { name: 'r1', mode: 'session', elements: [], before: [], undo: '' }
      const begin = { entry: 'begin', id: 'segchain-0f', pid: 1, time: 'T', confirmTimeoutS: 60, devices: [device] }
      const lines = [
        begin,
        { entry: 'committing', device: 'r1' },
        { entry: 'decision', decision: 'confirm' },
        { entry: 'done', device: 'r1' },
      ].map((entry) => `${JSON.stringify(entry)}\n`)
      const text = lines.join('')
      for (let length = 0; length <= text.length; length++) {
        writeFileSync(join(folder, 'segchain-0f.ndjson'), text.slice(0, length))
        const [state] = await unfinishedTransactions(folder)
        // A line counts when it is whole; only its line feed may be missing.
        const whole = lines.filter((_, index) => lines.slice(0, index + 1).join('').length - 1 <= length).length
        assert.equal(state !== undefined, whole >= 1)
        if (state === undefined) continue
        assert.equal(state.committing.has('r1'), whole >= 2)
        assert.equal(state.decision, whole >= 3 ? 'confirm' : undefined)
        assert.equal(state.done.has('r1'), whole >= 4)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

it('a folder of journals that cannot be read is an error, and not one without journals', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'segchain-journal-test-'))
  try {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    assert.deepEqual(await unfinishedTransactions(join(folder, 'none')), [])
    await assert.rejects(unfinishedTransactions(file), { category: 'usage', code: 'CANNOT_READ' })
    await assert.rejects(readLedger(file), { category: 'usage', code: 'CANNOT_READ' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

describe('the records of what is ours', () => {
  const sid = (prefix: string): PrefixSidElement => ({
    kind: 'prefix-sid',
    id: `prefix-sid:r1:${prefix}:0`,
    device: 'r1',
    step: 1,
    reason: { text: 'a test', intents: [] },
    prefix,
    algorithm: 0,
    index: 1,
    label: 16001,
    lastHopBehavior: 'php',
    nodeFlag: true,
    anycast: false,
  })
  const one = sid('10.0.0.1/32')
  const two = sid('10.0.0.2/32')
  const wrote = (...elements: (typeof one)[]) =>
    elements.map(({ id }) => ({ operation: 'create' as const, path: '/x', element: id }))

  it('have what a transaction has written, and not what was there already', () => {
    const owned = ownedAfter(undefined, { device: 'r1', elements: [one, two], differences: wrote(two) })
    assert.deepEqual(owned, { elements: [two], superseded: [] })
  })

  it('keep the earlier version of an element until it is pruned', () => {
    const previous = { device: 'r1', transaction: 't', time: 'T', elements: [one, two], superseded: [] }
    const later = { ...one, index: one.index + 1 }
    const now = ownedAfter(previous, { device: 'r1', elements: [later], differences: wrote(later) })
    assert.deepEqual(now, { elements: [later, two], superseded: [one] })
    const pruned = ownedAfter(
      { ...previous, ...now },
      { device: 'r1', elements: [later], removing: [two, one], differences: [] },
    )
    assert.deepEqual(pruned, { elements: [later], superseded: [] })
  })

  it('are read back, and a file that cannot be read is an error that names it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'segchain-ledger-test-'))
    try {
      const of = { transaction: 'segchain-1', time: '2026-01-01T00:00:00Z', commit: 'a'.repeat(40) }
      await enter(folder, of, { device: '../r1', elements: [one], differences: wrote(one) })
      const entry = (await readLedger(folder)).get('../r1')
      assert.deepEqual(entry?.elements, [one])
      assert.equal(entry?.commit, 'a'.repeat(40))
      mkdirSync(join(folder, 'applied'), { recursive: true })
      writeFileSync(join(folder, 'applied', 'r2.json'), '{')
      await assert.rejects(readLedger(folder), { code: 'LEDGER' })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
