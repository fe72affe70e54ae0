import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wantsColour } from '../src/colour.js'
import { createRenderer } from '../src/output/create-renderer.js'
import { createProgress } from '../src/progress.js'

const node = { kind: 'node', id: 'n1', name: 'r1', routerId: '0000.0000.0001', srgb: [{ first: 16000, size: 8000 }] }

test('a table shows the fields that matter, wide shows all, and an empty column is left out', async () => {
  const table = await createRenderer('table', false)
  const text = table.record({ kind: 'header' }) + table.record(node) + table.end()
  assert.equal(text, 'node (1)\nname  router-id       SRGB\nr1    0000.0000.0001  16000-23999\n')
  const wide = await createRenderer('wide', false)
  assert.match(wide.record(node) + wide.end(), /n1/)
})

test('on a narrow terminal the last column goes on under itself, between words', async () => {
  const loopback = {
    kind: 'loopback',
    id: 'l',
    step: 4,
    device: 'r1',
    prefix: '10.254.0.7/32',
    reason: { text: 'one two three four five six' },
  }
  const lines = async (width: number) => {
    const table = await createRenderer('table', false, width)
    return (table.record(loopback) + table.end()).trimEnd().split('\n')
  }
  const wide = await lines(200)
  assert.equal(wide.length, 3)
  const at = wide[2]?.indexOf('one') ?? 0
  const narrow = await lines(at + 20)
  assert.ok(
    narrow.every((line) => line.length <= at + 20),
    narrow.join('\n'),
  )
  assert.deepEqual(narrow.slice(3), [`${' '.repeat(at)}five six`])
  assert.deepEqual(await lines(at + 5), wide, 'where nothing is left, lines stay whole')
})

test('control characters that came from the network do not reach the terminal', async () => {
  const table = await createRenderer('table', false)
  const text = table.record({ ...node, name: 'r1\u001b[2J' }) + table.end()
  assert.ok(!text.includes('\u001b'))
})

test('after sync, changes are shown one by one', async () => {
  const table = await createRenderer('table', false)
  assert.equal(table.record(node), '')
  assert.match(table.record({ kind: 'sync', id: 'sync' }), /r1/)
  assert.equal(table.record({ kind: 'withdraw', id: 'n1', of: 'node' }), 'withdraw  gone node  id n1\n')
})

test('a verdict is a row with its ends, class, confidence and counts', async () => {
  const table = await createRenderer('table', false)
  const ends = { sourceAddress: '192.0.2.1', sourcePort: 3074, destinationAddress: '198.51.100.1', destinationPort: 5 }
  const counts = { confidence: 0.9999, windows: 40, windowsOfClass: 31 }
  const text = table.record({ kind: 'verdict', id: 'v', ...ends, class: 'cloud-gaming', ...counts }) + table.end()
  assert.match(text, /^verdict \(1\)\nsource +destination +class +confidence +cloud-gaming windows +of\n/)
  assert.match(text, /192\.0\.2\.1 3074 +198\.51\.100\.1 5 +cloud-gaming +0\.9999 +31 +40\n$/)
})

test('a report is a row with the packets and bytes of both directions', async () => {
  const table = await createRenderer('table', false)
  const ends = { sourceAddress: '2001:db8::1', sourcePort: 1, destinationAddress: '2001:db8::2', destinationPort: 2 }
  const counted = { forward: { packets: 3, bytes: 900 }, backward: { packets: 1, bytes: 50 } }
  const text = table.record({ kind: 'report', id: 'r', ...ends, ...counted }) + table.end()
  assert.match(text, /2001:db8::1 1 +2001:db8::2 2 +3 +900 +1 +50\n$/)
})

test('json is one array, of nothing too; yaml one document a record', async () => {
  const json = await createRenderer('json', false)
  assert.deepEqual(JSON.parse(json.record(node) + json.record(node) + json.end()), [node, node])
  assert.deepEqual(JSON.parse((await createRenderer('json', false)).end()), [])
  const yaml = await createRenderer('yaml', false)
  assert.match(yaml.record(node), /^---\nkind: node\n/)
})

test('colour only on a terminal, and NO_COLOR switches it off', () => {
  assert.equal(wantsColour({ isTTY: true }, {}), true)
  assert.equal(wantsColour({ isTTY: false }, {}), false)
  assert.equal(wantsColour({ isTTY: true }, { NO_COLOR: '1' }), false)
  assert.equal(wantsColour({ isTTY: true }, { NO_COLOR: '' }), true)
  assert.equal(wantsColour({ isTTY: true }, { TERM: 'dumb' }), false)
})

test('progress is silent without a terminal, and redraws in place on one', () => {
  let written = ''
  const write = (text: string): void => {
    written += text
  }
  createProgress({ write }).update('r1', 'connecting')
  assert.equal(written, '')
  const progress = createProgress({ isTTY: true, columns: 80, rows: 24, write })
  progress.update('r1', 'connecting')
  progress.update('r1', 'locked')
  assert.equal(written, 'r1: connecting\n\u001b[1A\u001b[0Jr1: locked\n')
})
