// usage: many.mjs FARM.json FOLDER: one transaction over all devices of the farm.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const push = await import('../../packages/netconf-push/dist/src/index.js')
const [farmFile, folder] = process.argv.slice(2)
const { ports, knownHosts, key } = JSON.parse(readFileSync(farmFile, 'utf8'))
const keyFile = join(folder, 'key')
writeFileSync(keyFile, key, { mode: 0o600 })

const reason = { text: 'bench', intents: [] }
const plans = ports.map((port, index) => {
  const device = `r${index}`
  const srgb = [{ first: 16000, size: 8000 }]
  return {
    device: { name: device, address: '127.0.0.1', port, user: 'x', keyFile, igpInstance: 'default' },
    elements: [{ kind: 'segment-routing', id: `sr:${device}`, device, step: 1, reason, srgb }],
  }
})
const options = {
  inventory: new Map(plans.map(({ device }) => [device.name, device])),
  knownHosts: push.parseKnownHosts(knownHosts, 'known_hosts'),
  timeouts: { connectMs: 120_000, rpcMs: 120_000, commitMs: 120_000 },
  unsupported: 'error',
  dryRun: false,
  keepGoing: false,
  hold: false,
  concurrency: 32,
  confirmTimeoutS: 600,
  journalFolder: join(folder, 'journal'),
  signal: new AbortController().signal,
  now: () => new Date().toISOString(),
}
let peak = 0
const timer = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss)
}, 50)
const cpu = process.cpuUsage()
const begin = performance.now()
const { outcomes } = await push.runTransaction(plans, options, {
  phase: () => undefined,
  note: () => undefined,
  trouble: () => undefined,
})
const seconds = (performance.now() - begin) / 1000
const used = process.cpuUsage(cpu)
clearInterval(timer)
const applied = outcomes.filter(({ status }) => status === 'applied').length
const count = ports.length
const columns = [
  String(count).padStart(7),
  seconds.toFixed(1).padStart(10),
  ((seconds * 1000) / count).toFixed(1).padStart(14),
  ((used.user + used.system) / 1000 / count).toFixed(1).padStart(18),
  (peak / 1e6).toFixed(0).padStart(24),
  String(applied).padStart(10),
]
console.log(columns.join(''))
