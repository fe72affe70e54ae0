// Transactions (edit + validate + commit) over one session: netconf-push beside ncclient on the same netconfd; parsing
// of a 10 MB reply; a transaction over many embedded devices. Needs the peers: npm run peers.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = dirname(fileURLToPath(import.meta.url))
const { netconfdMissing, startNetconfd, startDevice, generateKeyPair } = await import(
  '../test/netconf-device/dist/src/index.js'
)
const push = await import('../packages/netconf-push/dist/src/index.js')
const COUNT = 200

const missing = netconfdMissing()
if (missing === undefined) await transactions()
else console.log(`left out: ${missing}`)
parsing()
await devices()

async function transactions() {
  const server = await startNetconfd()
  try {
    const rows = []
    for (const round of [1, 2, 3]) {
      for (const tick of round === 1 ? [0.1, 0.001] : [0.001]) {
        const count = tick === 0.1 ? 10 : COUNT
        const args = [join(folder, 'netconf/contender.py'), server.port, server.keyFile, count, tick].map(String)
        const [ms, cpu] = execFileSync('/usr/bin/python3', args, { encoding: 'utf8' }).split(' ').map(Number)
        rows.push({ client: `ncclient, tick ${tick * 1000} ms`, ms, cpu })
      }
      rows.push({ client: 'netconf-push', ...(await ours(server, false)) })
      rows.push({ client: 'netconf-push, pipelined', ...(await ours(server, true)) })
    }
    console.log('client                    ms a transaction   CPU ms of the client')
    for (const { client, ms, cpu } of rows) {
      console.log(`${client.padEnd(26)}${ms.toFixed(2).padStart(16)}${cpu.toFixed(2).padStart(23)}`)
    }
    const best = (name) => Math.min(...rows.filter((row) => row.client === name).map((row) => row.ms))
    for (const name of ['netconf-push', 'netconf-push, pipelined']) {
      console.log(
        `${name}: ${(best('ncclient, tick 1 ms') / best(name)).toFixed(1)} times as fast as ncclient with 1 ms`,
      )
    }
  } finally {
    await server.stop()
  }
}

async function ours(server, pipelined) {
  const device = { name: 'r1', address: '127.0.0.1', port: server.port, user: 'root', keyFile: server.keyFile }
  const { session, close } = await push.openNetconf(device, {
    knownHosts: push.parseKnownHosts(readFileSync(server.knownHostsFile, 'utf8'), 'known_hosts'),
    timeouts: { connectMs: 10_000, rpcMs: 10_000, commitMs: 10_000 },
    inventory: new Map(),
  })
  const urn = 'urn:ietf:params:xml:ns:yang:ietf'
  const config = (index) =>
    `<routing xmlns="${urn}-routing"><segment-routing xmlns="${urn}-segment-routing"><sr-mpls xmlns="${urn}-segment-routing-mpls"><bindings><connected-prefix-sid-map><connected-prefix-sid><prefix>10.254.0.1/32</prefix><algorithm xmlns:c="${urn}-segment-routing-common">c:prefix-sid-algorithm-shortest-path</algorithm><start-sid>${index}</start-sid></connected-prefix-sid></connected-prefix-sid-map></bindings></sr-mpls></segment-routing></routing>`
  const cpu = process.cpuUsage()
  const started = performance.now()
  for (let index = 0; index < COUNT; index++) {
    const steps = [
      () => push.editConfig(session, 'candidate', config(5000 + index), false),
      () => push.validate(session, 'candidate'),
      () => push.commit(session, 10_000),
    ]
    // One after the other, as ncclient does it, or the three at once: the server answers in order. All answers are checked.
    if (pipelined) await Promise.all(steps.map((step) => step()))
    else for (const step of steps) await step()
  }
  const ms = (performance.now() - started) / COUNT
  const used = process.cpuUsage(cpu)
  await close()
  return { ms, cpu: (used.user + used.system) / 1000 / COUNT }
}

function parsing() {
  const entry = '<entry><prefix>10.0.0.1/32</prefix><algorithm>shortest</algorithm><start-sid>1</start-sid></entry>'
  for (const megabytes of [1, 10, 40]) {
    const count = Math.round((megabytes * 1e6) / entry.length)
    const bytes = push.frame(`<data>${entry.repeat(count)}</data>`, '1.1')
    const parser = new push.MessageReader(() => undefined)
    const started = performance.now()
    parser.use('1.1')
    for (let at = 0; at < bytes.length; at += 32_768) parser.push(bytes.subarray(at, at + 32_768))
    console.log(`get-config reply of ${megabytes} MB: ${(performance.now() - started).toFixed(0)} ms`)
  }
}

async function devices() {
  const keys = generateKeyPair()
  const key = join(process.env.TMPDIR ?? '/tmp', `segchain-bench-key-${process.pid}`)
  const { rmSync, writeFileSync } = await import('node:fs')
  writeFileSync(key, keys.private, { mode: 0o600 })
  const journalFolder = `${key}-journal`
  try {
    for (const count of [100, 1000]) {
      const hostKey = generateKeyPair().private
      const started = await Promise.all(
        Array.from({ length: count }, () => startDevice({ authorizedKeys: [keys.public], hostKey })),
      )
      const reason = { text: 'bench', intents: [] }
      const plans = started.map(({ port }, index) => {
        const device = `r${index}`
        const srgb = {
          kind: 'segment-routing',
          id: `sr:${device}`,
          device,
          step: 1,
          reason,
          srgb: [{ first: 16000, size: 8000 }],
        }
        return {
          device: { name: device, address: '127.0.0.1', port, user: 'x', keyFile: key, igpInstance: 'default' },
          elements: [srgb],
        }
      })
      const knownHosts = push.parseKnownHosts(started.map((device) => device.hostKeyLine).join('\n'), 'known_hosts')
      const begin = performance.now()
      const { outcomes } = await push.runTransaction(
        plans,
        {
          inventory: new Map(plans.map((plan) => [plan.device.name, plan.device])),
          knownHosts,
          timeouts: { connectMs: 60_000, rpcMs: 60_000, commitMs: 60_000 },
          unsupported: 'error',
          dryRun: false,
          keepGoing: false,
          hold: false,
          concurrency: 32,
          confirmTimeoutS: 600,
          journalFolder,
          signal: new AbortController().signal,
          now: () => new Date().toISOString(),
        },
        { phase: () => undefined, note: () => undefined, trouble: () => undefined },
      )
      const applied = outcomes.filter((outcome) => outcome.status === 'applied').length
      const seconds = (performance.now() - begin) / 1000
      const rss = process.memoryUsage().rss / 1e6
      console.log(
        `${count} embedded devices in one transaction: ${seconds.toFixed(1)} s, ${applied} applied, ${rss.toFixed(0)} MB with the devices in the same process`,
      )
      await Promise.all(started.map((device) => device.stop()))
    }
  } finally {
    rmSync(key, { force: true })
    rmSync(journalFolder, { recursive: true, force: true })
  }
}
