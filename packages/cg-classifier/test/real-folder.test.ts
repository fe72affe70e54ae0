import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { DEFAULT_RULE, readRule } from '../src/aggregate/state-file.js'
import { realPart } from '../src/evaluate/card-real.js'
import { sessionsOfAverages } from '../src/evaluate/flow-averages.js'
import { sessionsOfTrace } from '../src/evaluate/packet-trace.js'
import type { SessionWindows } from '../src/evaluate/session-windows.js'
import { captureOf } from '../src/generate/capture.js'
import { generateSession } from '../src/generate/session.js'
import { sources } from '../src/generate/sources.js'

const folder = mkdtempSync(join(tmpdir(), 'cg-'))
test.after(() => rmSync(folder, { recursive: true }))
mkdirSync(join(folder, 'negatives'))
const upload = sources.find(({ name }) => name === 'upload')
assert.ok(upload)
const capture = Buffer.concat([...captureOf(generateSession(upload, 'folder', 2))])
writeFileSync(join(folder, 'negatives/upload.pcap'), capture)
// The columns of dcomp-leris/VR-AR-CG-network-telemetry, with values of our own.
writeFileSync(
  join(folder, 'averages.csv'),
  `ID,SrcIP,DstIP,SrcPort,DstPort,IPVersion,Protocol,PS,IPI,FlowSizeBytes,FlowSizePackets,FS,FS(PKT),NumFrames,IFI
1,192.0.2.1,198.51.100.1,50000,1074,IP,UDP,138,0.01,1200000,9000,188,1.3,6600,0.0136
2,198.51.100.1,192.0.2.1,1074,50000,IP,UDP,1100,0.001,100000000,90000,5000,4.5,21000,0.0043
3,198.51.100.9,192.0.2.1,443,50001,IP,TCP,1400,0.0001,900000000,90000,5000,4.5,21000,0.0043
`,
)
const lines = Array.from({ length: 6000 }, (_, index) => `${(index * 0.002).toFixed(9)} ${500 + (index % 900)}`)
writeFileSync(join(folder, 'trace.txt'), `0E-9 214\n${lines.slice(1).join('\n')}\n`)
writeFileSync(join(folder, 'notes.txt'), 'nothing of ours\n')

test('the heaviest UDP flow of a table of averages is replayed with its rate and sizes', async () => {
  const sessions = await sessionsOfAverages(join(folder, 'averages.csv'), 4)
  assert.equal(sessions.length, 4)
  const at = (session: SessionWindows, feature: number) => {
    let sum = 0
    for (let row = 0; row < session.count; row++) sum += session.features[row * 36 + feature] ?? 0
    return sum
  }
  for (const session of sessions) {
    assert.equal(session.positive, true)
    // 1,058 bytes of payload every ms for 8 s; scenes change the rate to 30-130 %.
    const bytes = at(session, 1)
    assert.ok(bytes > 2.5e6 && bytes < 11e6, `${bytes} bytes down`)
    const up = at(session, 6)
    assert.ok(up > 700 && up < 900, `${up} packets up`)
  }
})

test('a trace is cut into sessions of one direction', async () => {
  const sessions = await sessionsOfTrace(join(folder, 'trace.txt'), true, 60)
  assert.deepEqual(
    sessions.map(({ count }) => count),
    [60, 60, 60, 60, 60],
  )
  assert.equal(sessions[0]?.features[6], 0, 'nothing up')
})

test('the card has a row for every capture, table and trace of a folder', async () => {
  const { lines: card, tallies } = await realPart(await readRule(DEFAULT_RULE), () => [], folder)
  const text = card.join('\n')
  for (const name of ['negatives/upload.pcap', 'averages.csv', 'trace.txt'])
    assert.ok(text.includes(`| ${name} |`), name)
  assert.ok(!text.includes('notes.txt'))
  assert.deepEqual(
    tallies.map(({ name, positive }) => [name, positive]),
    [['negatives/upload.pcap', false]],
  )
})
