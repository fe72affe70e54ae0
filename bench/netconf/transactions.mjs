// edit-config + validate + commit over one session on one netconfd: each client in turn, five rounds, medians.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { bare } from './bare.mjs'
import { ours } from './ours.mjs'

const { netconfdMissing, startNetconfd } = await import('../../test/netconf-device/dist/src/index.js')
const COUNT = 200
const ROUNDS = 5

const missing = netconfdMissing()
if (missing !== undefined) {
  console.log(`left out: ${missing}`)
  process.exit(0)
}

const server = await startNetconfd()
const contender = fileURLToPath(new URL('contender.py', import.meta.url))
const ncclient = (tick, count) => {
  const args = [contender, server.port, server.keyFile, count, tick].map(String)
  const [ms, cpu] = execFileSync('/usr/bin/python3', args, { encoding: 'utf8' }).split(' ').map(Number)
  return { ms, cpu }
}
const NCCLIENT = 'ncclient, tick 1 ms'
const BARE = 'bare bytes, all three at once'
const clients = {
  [NCCLIENT]: () => ncclient(0.001, COUNT),
  'netconf-push, one at a time': () => ours(server, COUNT, 'one'),
  'netconf-push, edit and validate at once': () => ours(server, COUNT, 'safe'),
  'netconf-push, all three at once': () => ours(server, COUNT, 'all'),
  'bare bytes, edit and validate at once': () => bare(server, COUNT, 2),
  [BARE]: () => bare(server, COUNT, 3),
}
try {
  const rows = Object.fromEntries(Object.keys(clients).map((name) => [name, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(clients)) rows[name].push(await run())
  }
  const median = (name, field) => rows[name].map((row) => row[field]).sort((a, b) => a - b)[ROUNDS >> 1]
  console.log(`${'client'.padEnd(42)}ms a transaction  transactions/s  CPU ms of the client  times as many as ncclient`)
  for (const name of Object.keys(clients)) {
    const ms = median(name, 'ms')
    const cpu = median(name, 'cpu')
    const columns = [
      ms.toFixed(2).padStart(16),
      (1000 / ms).toFixed(0).padStart(16),
      (Number.isNaN(cpu) ? '-' : cpu.toFixed(2)).padStart(22),
      (median(NCCLIENT, 'ms') / ms).toFixed(1).padStart(26),
    ]
    console.log(name.padEnd(42) + columns.join(''))
  }
  console.log(`ncclient with its own tick of 100 ms: ${ncclient(0.1, 10).ms.toFixed(0)} ms a transaction`)
  console.log(
    `the bare client only counts replies to prepared bytes: ${median(BARE, 'ms').toFixed(2)} ms is the server's own time`,
  )
} finally {
  await server.stop()
}
