import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it, mock } from 'node:test'
import { Journal } from '../src/transaction/journal.js'
import { unfinishedTransactions } from '../src/transaction/journal-state.js'
import { SyncedLines } from '../src/transaction/synced-lines.js'

const folder = mkdtempSync(join(tmpdir(), 'segchain-lines-test-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** What every open file shares, to look at its calls and to spoil them. */
async function fileHandle(): Promise<FileHandle> {
  const handle = await open(join(folder, 'any'), 'w')
  await handle.close()
  return Object.getPrototypeOf(handle) as FileHandle
}

describe('lines that are on disk before they count', () => {
  it('stand in the order in which they came, and those that come together share a sync', async () => {
    const file = join(folder, 'together')
    const lines = await SyncedLines.create(file)
    const sync = mock.method(await fileHandle(), 'datasync')
    const wanted = Array.from({ length: 1000 }, (_, i) => `line ${i}`)
    await Promise.all(wanted.map((line) => lines.append(line)))
    assert.deepEqual(readFileSync(file, 'utf8').trimEnd().split('\n'), wanted)
    assert.equal(sync.mock.callCount(), 1)
    await lines.append('one more')
    assert.equal(sync.mock.callCount(), 2)
    sync.mock.restore()
    await lines.close()
  })

  it('are not told of before the sync that has them has ended, those that come during another one neither', async () => {
    const lines = await SyncedLines.create(join(folder, 'waiting'))
    const prototype = await fileHandle()
    const ends: (() => void)[] = []
    const sync = mock.method(prototype, 'datasync', () => new Promise<void>((resolve) => ends.push(resolve)))
    const told: string[] = []
    const append = (line: string) => lines.append(line).then(() => told.push(line))
    const until = async (count: number) => {
      while (ends.length < count) await new Promise((resolve) => setImmediate(resolve))
    }
    const first = append('a')
    await until(1)
    const others = [append('b'), append('c')]
    assert.deepEqual(told, [])
    ends[0]?.()
    await first
    await until(2)
    assert.deepEqual(told, ['a'])
    ends[1]?.()
    await Promise.all(others)
    assert.deepEqual(told, ['a', 'b', 'c'])
    assert.equal(sync.mock.callCount(), 2)
    sync.mock.restore()
    await lines.close()
  })

  it('fail all who wait for a write that fails, and what comes later stands on a line of its own', async () => {
    const file = join(folder, 'full')
    const lines = await SyncedLines.create(file)
    const prototype = await fileHandle()
    const full = mock.method(prototype, 'appendFile', async function (this: FileHandle, text: string) {
      await this.write(text.slice(0, 5))
      throw new Error('ENOSPC: no space left on device')
    })
    const ends = await Promise.allSettled([lines.append('{"a":1}'), lines.append('{"b":2}')])
    assert.deepEqual(
      ends.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    full.mock.restore()
    await lines.append('{"c":3}')
    await lines.close()
    assert.deepEqual(readFileSync(file, 'utf8').split('\n'), ['{"a":', '{"c":3}', ''])
  })
})

it('a decision that is added to a journal whose last line was cut off is not lost', async () => {
  const own = mkdtempSync(join(folder, 'journal-'))
  const device = { name: 'r1', mode: 'persistent', elements: [], before: [], undo: '' }
  const begin = { entry: 'begin', id: 'segchain-0f', pid: 1, time: 'T', confirmTimeoutS: 60, devices: [device] }
  const file = join(own, 'segchain-0f.ndjson')
  writeFileSync(file, `${JSON.stringify(begin)}\n{"entry":"hel`)
  const journal = await Journal.reopen(file)
  await journal.append({ entry: 'decision', decision: 'confirm' })
  await journal.close()
  const [state] = await unfinishedTransactions(own)
  assert.equal(state?.decision, 'confirm')
})
