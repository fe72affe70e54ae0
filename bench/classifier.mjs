// npm run bench -- classifier [SECONDS]: the cloud-gaming VNFs beside what limits them: a bare UDP socket with
// JSON.parse, and ONNX Runtime alone. Every line says what it measured; run it on a quiet machine.
import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const folder = join(dirname(fileURLToPath(import.meta.url)), '../packages/cg-classifier')
const load = (path) => import(pathToFileURL(join(folder, 'dist/src', path)).href)
const bin = join(folder, 'bin/cg-classifier.js')
const seconds = Number(process.argv[2] ?? 5)

const { generateSession } = await load('generate/session.js')
const { reportsOfSession } = await load('generate/session-reports.js')
const { sources } = await load('generate/sources.js')
const { toWire } = await load('report/wire.js')
const { DEFAULT_MODEL, loadModel } = await load('model/load.js')
const { FEATURE_COUNT, putFeatures } = await load('model/feature-vector.js')

/** Windows of every source, each with 50 clients. */
const reports = sources.flatMap((source) =>
  reportsOfSession(generateSession(source, 'bench', 2)).flatMap((report) =>
    Array.from({ length: 50 }, (_, client) => ({ ...report, destinationPort: report.destinationPort ^ client })),
  ),
)
console.log(
  `${cpus().length} × ${cpus()[0].model}, Node ${process.version}, ${seconds} s each, ${reports.length} reports in turn`,
)

/** Offers datagrams at a rate (per second), from a process of its own; resolves when its time is over. */
async function offer(port, rate) {
  const code = `
    const lines = require('node:fs').readFileSync(0, 'utf8').split('\\n').map((line) => Buffer.from(line))
    const socket = require('node:dgram').createSocket('udp4')
    const end = performance.now() + ${seconds * 1000}
    const begin = performance.now()
    let sent = 0, done = 0
    const more = () => {
      const now = performance.now()
      if (now > end) return done === sent ? (console.log(sent), socket.close()) : setTimeout(more, 5)
      const due = Math.min((now - begin) / 1000 * ${rate}, done + 200)
      while (sent < due) socket.send(lines[sent++ % lines.length], ${port}, '127.0.0.1', () => done++)
      setImmediate(more)
    }
    more()`
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
  return { port, stop }
}

async function chain(rate) {
  const aggregate = service(['aggregate', '--listen', '0'])
  const classify = service(['classify', '--listen', '0', '--forward', `127.0.0.1:${await aggregate.port}`])
  const check = service(['check', '--listen', '0', '--forward', `127.0.0.1:${await classify.port}`])
  const port = await check.port
  await classify.port
  const offered = await offer(port, rate)
  await new Promise((resolve) => setTimeout(resolve, 500))
  const [a, b, c] = [await check.stop(), await classify.stop(), await aggregate.stop()]
  const per = (count) => Math.round(count / seconds)
  console.log(
    `chain: offered ${per(offered)}/s, checked ${per(a.passed)}/s, classified ${per(b.classified)}/s, aggregated ${per(c.windows)}/s (${((100 * c.windows) / offered).toFixed(1)} % of what was offered)`,
  )
  return per(c.windows)
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
  console.log(`limit: a bare UDP socket with JSON.parse: ${Math.round(received / seconds)}/s`)
  return received / seconds
}

async function onnx(batch) {
  const model = await loadModel(DEFAULT_MODEL)
  const rows = new Float32Array(batch * FEATURE_COUNT)
  for (let row = 0; row < batch; row++) putFeatures(rows, row, reports[row])
  let count = 0
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    await model.classify(rows)
    count += batch
  }
  await model.close()
  console.log(`limit: ONNX Runtime alone, batch ${batch}: ${Math.round(count / seconds)}/s`)
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

await onnx(64)
await onnx(1)
await filter()
await latency()
const limit = await bareSocket()
let best = 0
for (const rate of [20_000, 40_000, 60_000, 80_000]) best = Math.max(best, await chain(rate))
console.log(
  `best of the chain: ${best}/s, ${((100 * best) / limit).toFixed(0)} % of the bare socket, ${(best / 565).toFixed(0)} × the 565/s of the paper's node`,
)
