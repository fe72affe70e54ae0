import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { pcapHeader, pcapRecord, readCapture } from '@segchain/pcap'
import { ProxyClient } from '../src/api/client.js'
import { collect } from './collect.js'
import { ipFrame, type Label, mplsFrame } from './packets/ethernet.js'
import { tcp, udp } from './packets/transport.js'

const bin = fileURLToPath(new URL('../../bin/sr-proxy.js', import.meta.url))
const config = fileURLToPath(new URL('../../examples/replay.yaml', import.meta.url))
const example = fileURLToPath(new URL('../../examples/replay.pcap', import.meta.url))
const ends = { source: '10.1.0.1', destination: '10.2.0.1' }
const web = tcp({ ...ends, destinationPort: 80 })
const secure = tcp({ ...ends, destinationPort: 443 })
const six = udp({ source: '2001:db8::1', destination: '2001:db8:2::1' })

interface Replayed {
  readonly status: number | null
  readonly stderr: string
  readonly frames: readonly string[]
  readonly counters: Readonly<Record<string, string>>
}

/** One through both VNFs, one that the firewall drops, one that it lets through, one that ends here as IP. */
const capture = Buffer.concat([
  pcapHeader(),
  ...[
    mplsFrame([1001, 1002, 2001, 3001], secure),
    mplsFrame([1600, 2001], web),
    mplsFrame([1600, { label: 2001, tc: 5 }], six),
    mplsFrame([1001], six),
    ipFrame(web),
  ].map((frame, at) => pcapRecord(1_700_000_000, at, frame)),
])

async function replayed(...args: readonly string[]): Promise<Replayed> {
  const folder = mkdtempSync(join(tmpdir(), 'sr-proxy-replay-'))
  try {
    const [input, output] = [join(folder, 'in.pcap'), join(folder, 'out.pcap')]
    writeFileSync(input, capture)
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [bin, 'replay', input, output, '--config', config, '-o', 'ndjson', ...args],
      { encoding: 'utf8' },
    )
    if (status !== 0) return { status, stderr, frames: [], counters: {} }
    const frames: string[] = []
    for await (const { bytes } of readCapture(Readable.from([readFileSync(output)]))) frames.push(bytes.toString('hex'))
    const records = stdout.trim().split('\n')
    const counters: Record<string, string> = {}
    for (const record of records.map((line) => JSON.parse(line) as Record<string, string>)) {
      if (record.kind === 'proxy-counter') counters[record.id ?? ''] = record.packets ?? ''
    }
    return { status, stderr, frames, counters }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const east = (labels: readonly (number | Label)[], packet: Buffer): string =>
  mplsFrame(labels, packet, { to: '02:00:00:00:01:01', from: '02:00:00:00:00:02' }).toString('hex')

test('replay: a capture through the chain, without root: labels restored, port 80 stopped, the end of a chain as IP', async () => {
  const { frames, counters } = await replayed()
  assert.deepEqual(frames, [
    // The uniform label of the IDS makes TTL and class those of the packet: 63.
    east([{ label: 2001, ttl: 63 }, 3001], Buffer.from(withTtl63(secure))),
    east([{ label: 2001, ttl: 63, tc: 5 }], six),
    ipFrame(six, { to: '02:00:00:00:00:03', from: '02:00:00:00:a0:01' }).toString('hex'),
    ipFrame(web).toString('hex'),
  ])
  assert.deepEqual(counters, {
    'total:network': '5',
    'total:returned': '3',
    'total:passed': '2',
    'total:forwarded': '2',
    'total:to-vnf': '3',
    'total:learned': '3',
    'drop:firewall': '1',
  })
})

/** RFC 1624: TTL one less, checksum 0x100 more. */
function withTtl63(packet: Buffer): Buffer {
  const changed = Buffer.from(packet)
  changed[8] = 63
  const sum = changed.readUInt16BE(10) + 0x100
  changed.writeUInt16BE((sum & 0xffff) + (sum >>> 16), 10)
  return changed
}

test('replay --write all tells what went to the VNFs too; --vnf none lets nothing come back', async () => {
  assert.equal((await replayed('--write', 'all')).frames.length, 7)
  assert.equal((await replayed('--write', 'all', '--vnf', 'none')).frames.length, 4)
})

test('replay --interface: as from a VNF, what belongs to no session is dropped', async () => {
  const { frames, counters } = await replayed('--interface', 'fw0')
  assert.deepEqual(frames, [])
  assert.equal(counters['drop:forged'], '4')
  assert.equal(counters['drop:no-session'], '1')
  const missing = await replayed('--interface', 'eth9')
  assert.equal(missing.status, 2)
  assert.match(missing.stderr, /there is no interface eth9/)
})

test('replay --socket: with the tables that a plan has put into a running daemon', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sr-proxy-replay-'))
  const socket = join(folder, 'sock')
  const file = join(folder, 'config.yaml')
  const text = readFileSync(config, 'utf8')
  writeFileSync(file, `${text}runtime: memory\nstate: ${join(folder, 'state.json')}\napi: { socket: ${socket} }\n`)
  const daemon = spawn(process.execPath, [bin, 'run', '--config', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  t.after(async () => {
    daemon.kill('SIGKILL')
    await once(daemon, 'close')
    rmSync(folder, { recursive: true })
  })
  let log = ''
  daemon.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  while (!log.includes('ready:')) {
    assert.equal(daemon.exitCode, null, log)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const client = new ProxyClient({ socket })
  assert.deepEqual((await client.info()).missing, [], 'without a data plane, interfaces need not exist')
  await client.putTables('plan', { labels: [{ label: 3001, action: 'forward', nextHop: 'east', out: 77 }] })
  const frame = mplsFrame([{ label: 3001, ttl: 9 }], six)
  const [input, output] = [join(folder, 'in.pcap'), join(folder, 'out.pcap')]
  writeFileSync(input, Buffer.concat([pcapHeader(), pcapRecord(1, 0, frame)]))
  const run = (...more: readonly string[]) =>
    spawnSync(process.execPath, [bin, 'replay', input, output, '--config', file, ...more], { encoding: 'utf8' })
  assert.match(run().stdout, /drop:unknown-label/)
  const { status, stderr } = run('--socket', socket)
  assert.equal(status, 0, stderr)
  const [first] = await collect(readCapture(Readable.from([readFileSync(output)])))
  assert.equal(first?.bytes.toString('hex'), east([{ label: 77, ttl: 8 }], six))
  assert.equal(run('--socket', join(folder, 'nobody')).status, 5)
})

test('the capture of the README is the one of this test', () => {
  if (process.env.SEGCHAIN_WRITE_EXAMPLE === '1') writeFileSync(example, capture)
  assert.ok(readFileSync(example).equals(capture))
})
