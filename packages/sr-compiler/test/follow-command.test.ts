import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import type { StreamRecord } from '@segchain/records'
import { exampleDirectory, labRecords } from './support/lab.js'

const bin = join(import.meta.dirname, '../../bin/sr-compiler.js')
type Topology = StreamRecord<'segchain.topology/1'>
type Plan = StreamRecord<'segchain.plan/1'>

const sync: Topology = { kind: 'sync', id: 'sync:peer', reason: 'end-of-rib' }
const [header, ...rest] = labRecords()
const network = rest.filter((record) => record.kind !== 'summary' && record.kind !== 'sync')
/** The only links of r4: without them no chain ends there. */
const linksOfR4 = network.filter(
  (record) => record.kind === 'link' && /4$/.test(record.localNode) !== /4$/.test(record.remoteNode),
)

interface Follower {
  readonly child: ChildProcess
  send(...records: readonly (Topology | undefined)[]): void
  /** Everything until the next record of this kind. */
  until(kind: string): Promise<Plan[]>
  readonly stderr: () => string
  exit(): Promise<[number | null, NodeJS.Signals | null]>
}

function follow(...flags: string[]): Follower {
  const child = spawn(process.execPath, [bin, 'compile', exampleDirectory, '--follow', ...flags])
  const ended = once(child, 'close')
  let talk = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    talk += text
  })
  child.stdin.on('error', () => undefined)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    child,
    send: (...records) => {
      child.stdin.write(records.map((record) => `${JSON.stringify(record)}\n`).join(''))
    },
    async until(kind) {
      const records: Plan[] = []
      for (;;) {
        const { value, done } = await lines.next()
        if (done === true) return assert.fail(`no ${kind} came: ${talk}`)
        records.push(JSON.parse(value))
        if (records.at(-1)?.kind === kind) return records
      }
    },
    stderr: () => talk,
    async exit() {
      const [code, signal] = await ended
      return [code, signal]
    },
  }
}

const count = (records: readonly Plan[], kind: string) => records.filter((record) => record.kind === kind).length

test('compile --follow: a plan at the sync, then what changes; a chain without a way leaves the last plan and says so', async () => {
  const { send, until, child, exit, stderr } = follow('--settle', '20')
  send(header, ...network, sync)
  const first = await until('sync')
  assert.equal(first[0]?.kind, 'header')
  assert.equal(count(first, 'sr-policy'), 1)
  assert.equal(count(first, 'error'), 0)

  // Who reports a link is no change of the network; its metric is.
  const [link] = network.filter((record) => record.kind === 'link')
  assert.ok(link?.kind === 'link')
  send({ ...link, sources: ['another peer'] }, { ...link, igpMetric: 4711 })
  const changed = await until('sync')
  assert.ok(changed.length < 5, `${changed.length} records`)
  assert.notDeepEqual(changed.at(-1), first.at(-1))

  for (const { id, kind } of linksOfR4.filter((record) => 'id' in record)) send({ kind: 'withdraw', id, of: kind })
  const broken = await until('sync')
  assert.ok(count(broken, 'error') > 0)
  assert.equal(count(broken, 'sr-policy') + count(broken, 'withdraw'), 0)
  // The digests are still those of the plan that stays.
  assert.deepEqual({ ...broken.at(-1), id: '' }, { ...changed.at(-1), id: '' })
  assert.match(stderr(), /the last good one stays/)

  send(...linksOfR4)
  const mended = await until('sync')
  assert.equal(count(mended, 'withdraw'), count(broken, 'error'))
  child.stdin?.end()
  const [summary] = (await until('summary')).slice(-1)
  assert.equal(summary?.kind === 'summary' && summary.outcome, 'ok', stderr())
  assert.deepEqual(await exit(), [0, null])
})

test('compile --follow ends with the last plan when its input does', async () => {
  const { send, until, child, exit } = follow()
  send(header, ...network, sync, { kind: 'summary', id: 'summary', outcome: 'interrupted', exitCode: 130, counts: {} })
  child.stdin?.end()
  const all = await until('summary')
  const summary = all.at(-1)
  const last = all.findLast((record) => record.kind === 'sync')
  assert.ok(summary?.kind === 'summary' && last?.kind === 'sync')
  assert.equal(summary.outcome, 'ok')
  assert.equal(summary.digest, last.digest)
  assert.deepEqual(await exit(), [0, null])
})

test('compile --follow: where the network has no plan at the end, the outcome is failed and the exit code 4', async () => {
  const { send, until, child, exit } = follow()
  const cut = new Set(linksOfR4)
  send(header, ...network.filter((record) => !cut.has(record)), sync)
  assert.ok(count(await until('sync'), 'error') > 0)
  child.stdin?.end()
  const [summary] = await until('summary')
  assert.equal(summary?.kind === 'summary' && summary.outcome, 'failed')
  assert.deepEqual(await exit(), [4, null])
})

test('compile --follow: SIGINT ends it with 130 and a summary that says interrupted', async () => {
  const { send, until, child, exit } = follow()
  send(header, ...network, sync)
  await until('sync')
  child.kill('SIGINT')
  const [summary] = await until('summary')
  assert.equal(summary?.kind === 'summary' && summary.outcome, 'interrupted')
  assert.deepEqual(await exit(), [130, null])
})

test('compile --follow: a reader that has seen enough ends it, with exit code 0', async () => {
  const { send, until, child, exit } = follow('--settle', '1')
  send(header, ...network, sync)
  await until('sync')
  child.stdout?.destroy()
  // Elsewhere than on Linux only the next record tells that nobody reads.
  const [link] = network.filter((record) => record.kind === 'link')
  assert.ok(link?.kind === 'link')
  const timer = setInterval(() => send({ ...link, igpMetric: 1 + (Date.now() % 1000) }), 200)
  try {
    assert.deepEqual(await exit(), [0, null])
  } finally {
    clearInterval(timer)
  }
})

test('--settle says nothing without --follow: it is refused', () => {
  const { status, stderr } = spawnSync(process.execPath, [bin, 'compile', exampleDirectory, '--settle', '20'], {
    encoding: 'utf8',
  })
  assert.equal(status, 2)
  assert.match(stderr, /--settle: --follow/)
})
