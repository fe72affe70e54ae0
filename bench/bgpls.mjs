// Side by side, in one run: UPDATEs of FRR captures to NDJSON by us, to fields by tshark, to JSON by ExaBGP's own parser; a
// large topology over one BGP session to sync, by us and by gobgpd. Where a program is not installed its rows are left out.
// Rows with several runs show the median; the programs take turns. Rates are by CPU time: other load does not count. The start
// of each program is measured by itself, with the same UPDATEs once, and taken off: a rate is what one more UPDATE costs.
//   node bench/bgpls.mjs [updates] [nodes] [links] [runs]
import { spawn, spawnSync } from 'node:child_process'
import { createReadStream, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [updates = 100_000, nodes = 10_000, links = 60_000, runs = 3] = process.argv.slice(2).map(Number)
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const tool = join(root, 'packages/bgpls-collector/bin/bgpls-collector.js')
const fixtures = join(root, 'packages/bgpls-collector/test/fixtures/frr-captures')
const { readRecordedSession } = await import(join(root, 'packages/bgpls-collector/dist/src/index.js'))
const work = mkdtempSync(join(tmpdir(), 'segchain-bench-'))
const has = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
const rows = []
const row = (what, who, seconds, count, more = '') =>
  rows.push([what, who, `${seconds.toFixed(2)} s`, `${Math.round(count / seconds).toLocaleString('en')}/s`, more])

/** Runs a program, its stdout into a file; wall clock, CPU and peak memory by /proc of the child. */
function timed(program, argv, stdin) {
  const out = openSync(join(work, 'out'), 'w')
  const begin = performance.now()
  const done = spawnSync('/usr/bin/time', ['-f', '%U %S %M', program, ...argv], {
    stdio: [stdin ?? 'ignore', out, 'pipe'],
    encoding: 'utf8',
  })
  const [user, system, kilobytes] = done.stderr.trim().split('\n').at(-1).split(' ').map(Number)
  return { seconds: (performance.now() - begin) / 1000, cpu: user + system, megabytes: Math.round(kilobytes / 1024) }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.on('listening', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

// --- UPDATEs to NDJSON -------------------------------------------------------------------------------------------------
const real = []
for (const name of ['isis-sr-l1', 'isis-sr-l2', 'isis', 'ospf-sr']) {
  const file = join(fixtures, `bgpls-frr10.7.1-${name}.pcap`)
  real.push(...(await readRecordedSession(createReadStream(file))).updates)
}

/** A capture with one UPDATE in each TCP segment (tshark reads segments of any size; an Ethernet frame of ours too). */
function capture(count) {
  const parts = [Buffer.from('d4c3b2a1020004000000000000000000ffff000065000000', 'hex')]
  let sequence = 1
  for (let i = 0; i < count; i++) {
    const payload = real[i % real.length]
    const packet = Buffer.alloc(16 + 40)
    packet.writeUInt32LE(40 + payload.length, 8)
    packet.writeUInt32LE(40 + payload.length, 12)
    packet.set([0x45, 0], 16)
    packet.writeUInt16BE(40 + payload.length, 18)
    packet.set([64, 6], 24)
    packet.set([10, 0, 0, 1, 10, 0, 0, 2], 28)
    packet.writeUInt16BE(50_000, 36)
    packet.writeUInt16BE(179, 38)
    packet.writeUInt32BE(sequence >>> 0, 40)
    packet.set([0x50, 0x18, 0xff, 0xff], 48)
    parts.push(packet, payload)
    sequence += payload.length
  }
  return Buffer.concat(parts)
}

const pcap = join(work, 'updates.pcap')
writeFileSync(pcap, capture(updates))
const once = join(work, 'once.pcap')
writeFileSync(once, capture(real.length))
/** ExaBGP is slower by so much that a part of them is enough. */
const part = Math.ceil(updates / 10)
const bare = join(work, 'updates.bin')
writeFileSync(bare, Buffer.concat(Array.from({ length: part }, (_, i) => real[i % real.length])))
const bareOnce = join(work, 'once.bin')
writeFileSync(bareOnce, Buffer.concat(real))

const contenders = [
  {
    who: 'bgpls-collector decode',
    what: 'UPDATEs to records',
    count: updates,
    argv: [process.execPath, tool, 'decode', pcap],
    start: [process.execPath, tool, 'decode', once],
  },
]
if (has('tshark')) {
  // The fields that say what our records say: all that hold a value.
  const known = spawnSync('tshark', ['-G', 'fields'], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout.split('\n')
  const values = known
    .map((line) => line.split('\t'))
    .filter(([, , name = '', type]) => /^bgp[.]ls[.]/.test(name) && type !== 'FT_NONE')
  const fields = ['frame.number', 'bgp.type', ...values.map(([, , name]) => name)].flatMap((field) => ['-e', field])
  const argv = ['tshark', '-r', pcap, '-T', 'fields', ...fields]
  const start = argv.with(2, once)
  contenders.push({ who: 'tshark -T fields', what: `UPDATEs to ${values.length} fields`, count: updates, argv, start })
}
// Debian's package, not a Python of the user's.
const python = ['/usr/bin/python3', 'python3'].find((one) => spawnSync(one, ['-c', 'import exabgp']).status === 0)
if (python !== undefined) {
  const argv = [python, join(root, 'bench/exabgp_parse.py'), bare]
  contenders.push({
    who: 'ExaBGP parser, JSON',
    what: 'UPDATEs to JSON',
    count: part,
    argv,
    start: argv.with(2, bareOnce),
  })
}
const median = (values) => values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)]
const measured = contenders.map(() => [])
const started = contenders.map(() => [])
for (let run = 0; run < runs; run++) {
  for (const [index, { argv, start }] of contenders.entries()) {
    measured[index].push(timed(argv[0], argv.slice(1)))
    started[index].push(timed(start[0], start.slice(1)))
  }
}
const startCpu = started.map((several) => median(several.map(({ cpu }) => cpu)))
const perUpdate = contenders.map(({ count }, index) => {
  const cpu = median(measured[index].map((one) => one.cpu)) - startCpu[index]
  return (cpu / (count - real.length)) * 1e6
})
for (const [index, { who, what, count }] of contenders.entries()) {
  const seconds = median(measured[index].map((one) => one.seconds))
  const megabytes = median(measured[index].map((one) => one.megabytes))
  const times = index === 0 ? '' : `, ${(perUpdate[index] / perUpdate[0]).toFixed(1)} times ours`
  const cpu = `${perUpdate[index].toFixed(1)} µs CPU each (${Math.round(1e6 / perUpdate[index]).toLocaleString('en')}/s)`
  row(`${count} ${what}`, who, seconds, count, `${cpu}${times}, start ${startCpu[index].toFixed(2)} s, ${megabytes} MB`)
}

// --- a large topology over one session ---------------------------------------------------------------------------------
const systemId = (i) =>
  i
    .toString(16)
    .padStart(12, '0')
    .replace(/(....)(....)(....)/, '$1.$2.$3')
const address = (n) => `172.${(n >>> 16) & 255}.${(n >>> 8) & 255}.${n & 255}`
const node = (i) => `isis-l2:0:65000:${systemId(i)}`
const common = { protocol: 'isis-l2', instanceId: '0' }
const topology = [{ kind: 'header', schema: 'segchain.topology/1', tool: 'bench', version: '0' }]
for (let i = 1; i <= nodes; i++) {
  topology.push({
    kind: 'node',
    id: node(i),
    ...common,
    asn: 65_000,
    routerId: systemId(i),
    name: `r${i}`,
    srgb: [{ first: 16_000, size: 8000 }],
    algorithms: [0, 128],
    routerIds: [`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`],
  })
}
for (let k = 0; k < links; k++) {
  const pair = k >> 1
  const ends = [1 + (pair % nodes), 1 + ((pair * 7 + 1 + Math.floor(pair / nodes) * 31) % nodes)]
  const [from, to] = k % 2 === 0 ? ends : ends.toReversed()
  topology.push({
    kind: 'link',
    id: `${node(from)}>65000:${systemId(to)};if=${address(k)};nbr=${address(k ^ 1)}`,
    ...common,
    localNode: node(from),
    remoteNode: node(to),
    localAddresses: [address(k)],
    remoteAddresses: [address(k ^ 1)],
    igpMetric: 10,
    teMetric: 20,
    minDelayUs: 100,
    maxDelayUs: 200,
    maxBandwidthBytesPerSec: 125_000_000,
    extendedAdminGroups: [1],
    adjacencySids: [{ label: 15_000 + (k % 1000), flags: ['value', 'local'], weight: 0 }],
  })
}
topology.push({ kind: 'sync', id: 'sync:end', reason: 'end-of-input' })
const file = join(work, 'topology.ndjson')
writeFileSync(file, topology.map((record) => `${JSON.stringify(record)}\n`).join(''))
const objects = nodes + links

{
  // What gobgpd has already is here what was recorded of the session: reading it is in the time.
  const { encodeAnnouncement } = await import(
    join(root, 'packages/bgpls-collector/dist/src/codec/bgp/encode-update.js')
  )
  const nodesById = new Map(topology.map((record) => [record.id, { asn: record.asn, routerId: record.routerId }]))
  const context = { asn4: true, internal: true, localAsn: 65_000, nextHop: '10.0.0.1', extended: false }
  const records = topology.filter(({ kind }) => kind === 'node' || kind === 'link')
  const session = join(work, 'session.bin')
  writeFileSync(
    session,
    Buffer.concat(records.map((record) => encodeAnnouncement(record, (id) => nodesById.get(id), context))),
  )
  const { seconds, cpu, megabytes } = timed(process.execPath, [tool, 'decode', '--snapshot', session])
  const lines = readFileSync(join(work, 'out'), 'utf8').split('\n').length - 5
  row(`${objects} objects to NDJSON`, 'bgpls-collector decode', seconds, lines, cost(cpu, megabytes))
}

/** Announces the topology on a port; resolves when it listens. */
async function announcer(...argv) {
  const child = spawn(process.execPath, [tool, 'announce', file, ...argv], { stdio: ['ignore', 'ignore', 'pipe'] })
  let talk = ''
  child.stderr.on('data', (chunk) => {
    talk += chunk
  })
  const heard = async (word) => {
    while (!talk.includes(word) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20))
    if (child.exitCode !== null) throw new Error(talk)
  }
  return { child, heard }
}

{
  const port = await freePort()
  const { child, heard } = await announcer('--listen', `127.0.0.1:${port}`)
  await heard('listening')
  const { seconds, cpu, megabytes } = timed(process.execPath, [
    tool,
    'collect',
    '--once',
    '--peer',
    `127.0.0.1:${port}`,
  ])
  const lines = readFileSync(join(work, 'out'), 'utf8').split('\n').length - 5
  row(`session of ${objects} objects to NDJSON`, 'bgpls-collector collect', seconds, lines, cost(cpu, megabytes))
  child.kill()
}

if (has('gobgpd') && has('gobgp')) {
  const [bgp, api] = [await freePort(), await freePort()]
  const config = join(work, 'gobgpd.toml')
  writeFileSync(
    config,
    `[global.config]\nas = 65000\nrouter-id = "10.99.0.2"\nport = ${bgp}\nlocal-address-list = ["127.0.0.1"]\n[[neighbors]]\n[neighbors.config]\nneighbor-address = "127.0.0.1"\npeer-as = 65000\n[neighbors.transport.config]\npassive-mode = true\n[[neighbors.afi-safis]]\n[neighbors.afi-safis.config]\nafi-safi-name = "ls"\n`,
  )
  const daemon = spawn('gobgpd', ['-f', config, '--api-hosts', `127.0.0.1:${api}`], { stdio: 'ignore' })
  const gobgp = (...argv) => spawnSync('gobgp', ['-p', String(api), ...argv], { encoding: 'utf8', maxBuffer: 1 << 30 })
  const received = () => Number(/Establ\s*\|\s*([0-9]+)/.exec(gobgp('neighbor').stdout ?? '')?.[1] ?? 0)
  while (gobgp('global').status !== 0) await new Promise((resolve) => setTimeout(resolve, 100))
  const { child, heard } = await announcer('--peer', `127.0.0.1:${bgp}`, '--connect-retry', '0.2')
  await heard('session up')
  const begin = performance.now()
  while (received() < objects) await new Promise((resolve) => setTimeout(resolve, 100))
  const seconds = (performance.now() - begin) / 1000
  const stat = readFileSync(`/proc/${daemon.pid}/stat`, 'utf8').split(' ')
  const megabytes = Number(/VmHWM:\s+([0-9]+)/.exec(readFileSync(`/proc/${daemon.pid}/status`, 'utf8'))[1]) / 1024
  row(
    `session of ${objects} objects`,
    'gobgpd receives',
    seconds,
    objects,
    cost((+stat[13] + +stat[14]) / 100, Math.round(megabytes)),
  )
  const dump = performance.now()
  gobgp('global', 'rib', '-a', 'ls', '-j')
  row(`${objects} objects to JSON`, 'gobgp rib -a ls -j', (performance.now() - dump) / 1000, objects)
  child.kill()
  daemon.kill()
}

function cost(cpu, megabytes) {
  return `${cpu.toFixed(1)} s CPU, ${((cpu * 1e6) / objects).toFixed(0)} µs each, ${megabytes} MB`
}

rmSync(work, { recursive: true, force: true })
const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)))
for (const cells of rows) console.log(cells.map((cell, column) => cell.padEnd(widths[column])).join('  '))
