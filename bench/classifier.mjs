// npm run bench -- classifier [SECONDS] [--rates 56500,65000]: the cloud-gaming VNFs beside what limits them: a bare UDP
// socket with JSON.parse, and ONNX Runtime alone. Every line says what it measured. --rates: only the bare socket, and
// the chain at these rates. Run it on a quiet machine: four processes share its cores with whatever else runs, and a
// socket buffer holds some tens of ms of datagrams. On a Linux machine that is not quiet, this puts the bench ahead of
// the rest (root), so that the services are measured and not their neighbours:
//   setsid -w sh -c 'echo -20 > /proc/self/autogroup && exec npm run bench -- classifier'
import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const folder = join(dirname(fileURLToPath(import.meta.url)), '../packages/cg-classifier')
const load = (path) => import(pathToFileURL(join(folder, 'dist/src', path)).href)
const bin = join(folder, 'bin/cg-classifier.js')
const { values: flags, positionals } = parseArgs({
  options: { rates: { type: 'string' } },
  allowPositionals: true,
})
const seconds = Number(positionals[0] ?? 5)

/** How the kernel ranks this process and its children among the rest (Linux). */
function priority() {
  try {
    return readFileSync('/proc/self/autogroup', 'utf8').replace(/^\S+ /, '').trim()
  } catch {
    return 'unknown'
  }
}

const { generateSession } = await load('generate/session.js')
const { reportsOfSession } = await load('generate/session-reports.js')
const { sources } = await load('generate/sources.js')
const { toWire } = await load('report/wire.js')
const { DEFAULT_MODEL, loadModel } = await load('model/load.js')
const { FeatureWriter } = await load('model/feature-writer.js')

/** Windows of every source, each with 50 clients. */
const reports = sources.flatMap((source) =>
  reportsOfSession(generateSession(source, 'bench', 2)).flatMap((report) =>
    Array.from({ length: 50 }, (_, client) => ({ ...report, destinationPort: report.destinationPort ^ client })),
  ),
)
console.log(
  `${cpus().length} × ${cpus()[0].model}, Node ${process.version}, ${seconds} s each, ${reports.length} reports in turn; load before: ${loadavg()[0].toFixed(1)}, priority: ${priority()}`,
)

/** Offers datagrams at a rate (per second) that is reached after a second, from a process of its own. */
async function offer(port, rate) {
  const code = `
    const lines = require('node:fs').readFileSync(0, 'utf8').split('\\n').map((line) => Buffer.from(line))
    const socket = require('node:dgram').createSocket('udp4')
    let begin, end
    let sent = 0, done = 0
    socket.connect(${port}, '127.0.0.1', () => {
      begin = performance.now()
      end = begin + ${(seconds + 0.5) * 1000}
      more()
    })
    const more = () => {
      const now = performance.now()
      if (now > end) return done === sent ? (console.log(sent), socket.close()) : setTimeout(more, 5)
      const t = (now - begin) / 1000
      const due = Math.min((t < 1 ? t * t / 2 : t - 0.5) * ${rate}, done + 200)
      while (sent < due) socket.send(lines[sent++ % lines.length], () => done++)
      setImmediate(more)
    }`
  const child = spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(
    reports
      .slice(0, 20_000)
      .map((report) => toWire(report))
      .join('\n'),
  )
  let out = ''
  child.stdout.on('data', (data) => (out += data))
  await once(child, 'close')
  return Number(out)
}

function service(args) {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let text = ''
  const port = new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error(text)))
    child.stderr.on('data', (data) => {
      text += data
      const match = /listening on [\d.]+:(\d+)/.exec(text)
      if (match) resolve(Number(match[1]))
    })
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await once(child, 'close')
    return JSON.parse(text.slice(text.lastIndexOf('{')))
  }
  /** s of CPU so far, user and system (Linux). */
  const cpu = () => {
    try {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ')
      return (Number(fields[11]) + Number(fields[12])) / 100
    } catch {
      return Number.NaN
    }
  }
  return { port, stop, cpu }
}

async function chain(rate) {
  const aggregate = service(['aggregate', '--listen', '0'])
  const classify = service(['classify', '--listen', '0', '--forward', `127.0.0.1:${await aggregate.port}`])
  const check = service(['check', '--listen', '0', '--forward', `127.0.0.1:${await classify.port}`])
  const port = await check.port
  await classify.port
  const services = [check, classify, aggregate]
  const before = services.map((service) => service.cpu())
  const offered = await offer(port, rate)
  await new Promise((resolve) => setTimeout(resolve, 500))
  const used = services.map((service, index) => service.cpu() - before[index])
  const [a, b, c] = [await check.stop(), await classify.stop(), await aggregate.stop()]
  const per = (count) => Math.round(count / seconds)
  const lost = [a, b, c].map((counts) => counts['dropped-by-kernel'] ?? 'unknown').join(', ')
  console.log(
    `chain: offered ${per(offered)}/s, checked ${per(a.passed)}/s, classified ${per(b.classified)}/s, aggregated ${per(c.windows)}/s (${((100 * c.windows) / offered).toFixed(2)} % of what was offered; dropped by the kernel before check, classify, aggregate: ${lost}; late: ${b['dropped-late']}); CPU for a report: ${used.map((s) => `${((s * 1e6) / c.windows).toFixed(1)} µs`).join(', ')}`,
  )
  return { rate: per(c.windows), lossFree: c.windows === offered }
}

async function bareSocket() {
  const socket = createSocket('udp4')
  let received = 0
  socket.on('message', (bytes) => {
    if (Array.isArray(JSON.parse(bytes.toString()))) received++
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  socket.setRecvBufferSize(8 * 1024 * 1024)
  await offer(socket.address().port, Number.MAX_SAFE_INTEGER)
  socket.close()
  // Offered at once, without the half second that `offer` takes to reach a rate.
  const rate = Math.round(received / (seconds + 0.5))
  console.log(`limit: a bare UDP socket with JSON.parse: ${rate}/s`)
  return rate
}

async function onnx(batch) {
  const model = await loadModel(DEFAULT_MODEL)
  const writer = new FeatureWriter(model.kind)
  const rows = new Float32Array(batch * writer.width)
  for (let row = 0; row < batch; row++) writer.put(rows, row, reports[row])
  let count = 0
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    await model.classify(rows)
    count += batch
  }
  await model.close()
  console.log(`limit: ONNX Runtime alone, batch ${batch}: ${Math.round(count / seconds)}/s`)
  return count / seconds
}

async function filter() {
  const child = spawn(process.execPath, [bin, 'classify'], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdout.resume()
  const text = `{"kind":"header","schema":"segchain.report/1","tool":"bench","version":"0"}\n${reports.map((report) => JSON.stringify(report)).join('\n')}\n`
  const began = performance.now()
  child.stdin.end(text)
  await once(child, 'close')
  const took = (performance.now() - began) / 1000
  console.log(
    `classify as NDJSON filter: ${reports.length} reports in ${took.toFixed(2)} s with start-up: ${Math.round(reports.length / took)}/s`,
  )
}

async function latency() {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const classify = service(['classify', '--listen', '0', '--forward', `127.0.0.1:${socket.address().port}`])
  const check = service(['check', '--listen', '0', '--forward', `127.0.0.1:${await classify.port}`])
  const port = await check.port
  const sent = []
  const took = []
  socket.on('message', (bytes) => {
    for (const line of bytes.toString().split('\n')) took.push(performance.now() - sent[JSON.parse(line)[6]])
  })
  for (let sequence = 0; sequence < 1000 * seconds; sequence++) {
    sent[sequence] = performance.now()
    socket.send(toWire({ ...reports[sequence % reports.length], sequence }, true), port, '127.0.0.1')
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await new Promise((resolve) => setTimeout(resolve, 200))
  socket.close()
  await check.stop()
  await classify.stop()
  took.sort((a, b) => a - b)
  const at = (part) => took[Math.floor(part * took.length)]?.toFixed(2)
  console.log(
    `latency check → classify → socket, under 1,000/s: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms (${took.length} of ${sent.length} answered)`,
  )
}

const share = (part, whole) => `${((100 * part) / whole).toFixed(0)} %`

async function chains(rates) {
  let [best, lossFree] = [0, 0]
  for (const rate of rates) {
    const found = await chain(rate)
    best = Math.max(best, found.rate)
    if (found.lossFree) lossFree = Math.max(lossFree, found.rate)
  }
  console.log(
    `best of the chain: ${best}/s, without any loss ${lossFree}/s; ${(best / 565).toFixed(0)} × the 565/s of the paper's node, without any loss ${(lossFree / 565).toFixed(0)} ×`,
  )
  return best
}

if (flags.rates === undefined) {
  const [batch64, batch1] = [await onnx(64), await onnx(1)]
  await filter()
  await latency()
  const limit = await bareSocket()
  const best = await chains([20_000, 40_000, 56_500, 75_000, 90_000, 110_000, 130_000])
  console.log(
    `its share: ${share(best, limit)} of the bare socket, ${share(best, batch64)} of ONNX Runtime alone in batches of 64, ${share(best, batch1)} of it one by one`,
  )
} else {
  const limit = await bareSocket()
  console.log(`its share: ${share(await chains(flags.rates.split(',').map(Number)), limit)} of the bare socket`)
}
