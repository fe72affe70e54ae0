import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { pcapHeader, udpRecord } from '@segchain/pcap'
import { fixture } from './support/fixtures.js'
import { folder } from './support/peers.js'

const bin = fileURLToPath(new URL('../../bin/bgpls-collector.js', import.meta.url))
const CAPTURE = readFileSync(fixture('frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap'))

interface Line {
  readonly kind: string
  readonly outcome?: string
  readonly exitCode?: number
  readonly counts?: Readonly<Record<string, number>>
  readonly error?: { readonly code: string; readonly offset?: number }
}

function decode(input: Buffer, ...argv: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'decode', '-', ...argv], {
    input,
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 1 << 28,
  })
  const lines = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
  return { status, lines, stderr, last: lines.at(-1) }
}

const nodes = (lines: readonly Line[]) => lines.filter(({ kind }) => kind === 'node').length
/** Inside the last packets, which are keepalives: everything about the topology was before. */
const cut = CAPTURE.subarray(0, CAPTURE.length - 30)

test('a capture cut in its last packet gives what was before, a failed summary, the offset, and exit code 4', () => {
  const { status, lines, stderr, last } = decode(cut)
  assert.equal(status, 4)
  assert.equal(nodes(lines), nodes(decode(CAPTURE).lines))
  assert.deepEqual(
    { kind: last?.kind, outcome: last?.outcome, exitCode: last?.exitCode },
    { kind: 'summary', outcome: 'failed', exitCode: 4 },
  )
  assert.match(stderr, /the last packet is cut off/)
  assert.match(stderr, /offset/)
})

test('--snapshot gives the state before the cut too', () => {
  const { status, lines } = decode(cut, '--snapshot')
  assert.equal(status, 4)
  assert.equal(nodes(lines), 6)
})

test('--on-error=skip gives the rest of a cut capture and counts the place, exit code 0', () => {
  const { status, last, stderr } = decode(cut, '--on-error=skip')
  assert.equal(status, 0)
  assert.equal(last?.outcome, 'ok')
  assert.equal(last?.counts?.skipped, 1)
  assert.match(stderr, /the last packet is cut off/)
})

test('--on-error=tag puts an error record with the offset into the stream', () => {
  const { status, lines } = decode(cut, '--on-error=tag')
  assert.equal(status, 0)
  const [error] = lines.filter(({ kind }) => kind === 'error')
  assert.equal(error?.error?.code, 'CAPTURE_BROKEN')
  assert.ok((error?.error?.offset ?? 0) > cut.length - 200)
})

test('--on-error=skip goes on behind damage in the middle of a capture', () => {
  const bytes = Buffer.from(CAPTURE)
  const second = 24 + 16 + bytes.readUInt32LE(24 + 8)
  bytes.fill(0xff, second, second + 16)
  const { status, lines, last } = decode(bytes, '--on-error=skip', '--snapshot')
  assert.equal(status, 0)
  assert.equal(last?.counts?.skipped, 1)
  assert.equal(nodes(lines), 6)
})

test('a capture without BGP says what was in it instead', () => {
  const from = { address: [10, 0, 0, 1], port: 5000 } as const
  const to = { address: [10, 0, 0, 2], port: 53 } as const
  const { status, stderr, lines } = decode(Buffer.concat([pcapHeader(), udpRecord(1, 2, from, to, 100)]))
  assert.equal(status, 0)
  assert.deepEqual(
    lines.map(({ kind }) => kind),
    ['header', 'sync', 'summary'],
  )
  assert.match(stderr, /no BGP and no BMP in its 1 packets: none of them is TCP/)
})

test('a capture with a snap length that cuts messages off says so, whatever came of it', () => {
  const parts = [CAPTURE.subarray(0, 24)]
  for (let at = 24; at + 16 <= CAPTURE.length; ) {
    const length = CAPTURE.readUInt32LE(at + 8)
    const header = Buffer.from(CAPTURE.subarray(at, at + 16))
    header.writeUInt32LE(Math.min(length, 120), 8)
    parts.push(header, CAPTURE.subarray(at + 16, at + 16 + Math.min(length, 120)))
    at += 16 + length
  }
  assert.match(decode(Buffer.concat(parts)).stderr, /TCP segments are cut off by the snap length of the capture/)
  assert.doesNotMatch(decode(CAPTURE).stderr, /snap length/)
})

test('a capture of an unknown link type names it', () => {
  const bytes = Buffer.from(CAPTURE)
  bytes.writeUInt32LE(189, 20)
  assert.match(decode(bytes).stderr, /\d+ packets have the link type 189, which is not known here/)
})

test('a session inside VXLAN is found, as one captured in an underlay is', () => {
  const parts = [CAPTURE.subarray(0, 24)]
  for (let at = 24; at + 16 <= CAPTURE.length; ) {
    const length = CAPTURE.readUInt32LE(at + 8)
    const frame = CAPTURE.subarray(at + 16, at + 16 + length)
    const header = Buffer.from(CAPTURE.subarray(at, at + 16))
    header.writeUInt32LE(length + 50, 8)
    header.writeUInt32LE(length + 50, 12)
    const outer = Buffer.from(
      '020000000001020000000002' +
        '0800' +
        '4500000000010000401100000a0000010a000002' +
        'c35012b500000000' +
        '0800000000000100',
      'hex',
    )
    outer.writeUInt16BE(length + 36, 16)
    outer.writeUInt16BE(length + 16, 38)
    parts.push(header, outer, frame)
    at += 16 + length
  }
  assert.deepEqual(decode(Buffer.concat(parts), '--snapshot').lines, decode(CAPTURE, '--snapshot').lines)
})

test('a capture of other TCP names its connections and ports', () => {
  const bytes = Buffer.from(CAPTURE)
  // The same session, on a port of HTTPS, without markers.
  for (let at = bytes.indexOf(Buffer.alloc(16, 0xff)); at >= 0; at = bytes.indexOf(Buffer.alloc(16, 0xff), at)) {
    bytes.fill(0, at, at + 16)
  }
  for (let at = 24; at + 16 <= bytes.length; ) {
    const ip = at + 16 + 14
    const tcp = ip + ((bytes[ip] ?? 0) & 15) * 4
    for (const port of [tcp, tcp + 2]) if (bytes.readUInt16BE(port) === 179) bytes.writeUInt16BE(443, port)
    at += 16 + bytes.readUInt32LE(at + 8)
  }
  const { status, stderr } = decode(bytes)
  assert.equal(status, 0)
  assert.match(stderr, /no BGP and no BMP in its [0-9]+ packets: [0-9]+ TCP connections \(port 443\)/)
})

test('BGP without link state is told apart from no BGP', () => {
  const keepalive = Buffer.concat([Buffer.alloc(16, 0xff), Buffer.from('001304', 'hex')])
  const { status, stderr } = decode(keepalive)
  assert.equal(status, 0)
  assert.match(stderr, /no link state \(AFI 16388\) in its 1 BGP messages/)
})

test('an input of which nothing can be read is an error, not an empty topology', () => {
  const damaged = Buffer.concat([Buffer.alloc(16, 0xff), Buffer.from('ffff99', 'hex'), Buffer.alloc(500, 0x11)])
  const { status, stderr, last } = decode(damaged)
  assert.equal(status, 4)
  assert.equal(last?.outcome, 'failed')
  assert.match(stderr, /nothing of the input could be read: no BGP and no BMP in it; 1 broken messages/)
  assert.equal(decode(damaged, '--on-error=skip').status, 0)
})

test('a bad line of hexadecimal text is counted with --on-error=skip, and named by its line without', (t) => {
  const text = Buffer.from(`${`${'ff'.repeat(16)}001304\n`.repeat(3)}zz\n`)
  const failed = decode(text)
  assert.equal(failed.status, 4)
  assert.match(failed.stderr, /stdin:4|line 4/)
  assert.equal(decode(text, '--on-error=skip').last?.counts?.skipped, 1)
  const path = join(folder(t, { 'a.hex': text.toString() }), 'a.hex')
  const { status } = spawnSync(process.execPath, [bin, 'decode', path, '--on-error', 'skip'])
  assert.equal(status, 0)
})

test('damage inside of a message: what could be read on both sides of it, and exit code 4', () => {
  const whole = decode(CAPTURE)
  const at = CAPTURE.indexOf(Buffer.alloc(16, 0xff), CAPTURE.length >> 1)
  assert.ok(at > 0)
  // The length becomes 65,535: what follows would wait for bytes that never come.
  const damaged = Buffer.from(CAPTURE)
  damaged.fill(0xff, at + 16, at + 18)
  const { status, lines, last, stderr } = decode(damaged)
  assert.equal(status, 4)
  assert.equal(last?.outcome, 'failed')
  assert.match(stderr, /header at offset/)
  const records = (all: readonly Line[]) => all.filter(({ kind }) => /^(node|link|prefix)$/.test(kind)).length
  assert.ok(records(lines) > records(whole.lines) / 2, `${records(lines)} of ${records(whole.lines)}`)
  const skipped = decode(damaged, '--on-error=skip')
  assert.equal(skipped.status, 0)
  assert.equal(records(skipped.lines), records(lines))
  assert.ok((skipped.last?.counts?.skipped ?? 0) > 0)
})
