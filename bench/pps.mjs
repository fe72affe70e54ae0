// Packets per second, latency, and changes of tables under full load: the proxy beside a bare redirect, a label swap and the kernel's forwarding, in one run:
// npm run bench -- pps [seconds] [rounds] [few|many]. Needs root, clang 14, two cores. Generator on one core, proxy and sink on the other.
// What it is doing goes to stderr. Rounds not given: 5 for few sessions, 3 for many.

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ipv4Frame, mplsFrame } from './pps/frames.mjs'
import { Lab, MACS } from './pps/lab.mjs'
import { latencies, pause, rates, report } from './pps/measure.mjs'
import { fillSessions, fillTables } from './pps/tables.mjs'
import { updates } from './pps/updates.mjs'

const [seconds = 1, wantedRounds] = process.argv.slice(2, 4).map(Number)
const which = process.argv[4]
const MILLION = 1_000_000
const mpls = mplsFrame(MACS)
const plain = ipv4Frame(MACS)

/** [name, program on m0, frame, mode, sessions, in no order] */
const contenders = [
  ['XDP redirect', 'redirect', mpls, 0, 1],
  ['XDP label swap, 1 label', 'swap_label', mpls, 0, 1],
  ['XDP label swap, 1,000 labels', 'swap_label', mpls, 2, 1000],
  ['kernel IPv4 forwarding', undefined, plain, 1, 1],
  ['kernel IPv4 forwarding, 1,000 sessions', undefined, plain, 1, 1000],
]
const passes = (sessions, scattered = false) => {
  const how = `${sessions.toLocaleString('en')} sessions${scattered ? ' in no order' : ''}`
  return [
    [`sr-proxy towards the VNF, ${how}`, 'sr_network', mpls, 0, sessions, scattered],
    [`sr-proxy back from the VNF, ${how}`, 'sr_return', plain, 1, sessions, scattered],
  ]
}
const few = { table: 65_536, sessions: 1000, contenders: [...contenders, ...passes(1), ...passes(1000)] }
const many = {
  table: 2 * MILLION,
  sessions: MILLION,
  contenders: [
    contenders[2],
    ['XDP label swap, 1,000,000 labels', 'swap_label', mpls, 2, MILLION],
    ['XDP label swap, 1,000,000 labels in no order', 'swap_label', mpls, 2, MILLION, true],
    ...passes(MILLION),
    ...passes(MILLION, true),
  ],
}

const timed = [
  ['XDP redirect', 'redirect', mpls, 0],
  ['XDP label swap', 'swap_label', mpls, 0],
  ['sr-proxy towards the VNF', 'sr_network', mpls, 0],
  ['sr-proxy back from the VNF', 'sr_return', plain, 1],
]

const began = performance.now()
const progress = (what) => console.error(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${what}`)

let lab
for (const { table, sessions, contenders } of which === 'few' ? [few] : which === 'many' ? [many] : [few, many]) {
  const rounds = wantedRounds ?? (sessions === MILLION ? 3 : 5)
  progress(`tables for ${table.toLocaleString('en')} sessions`)
  lab = await Lab.start(table)
  try {
    await fillTables(lab)
    progress(`${sessions.toLocaleString('en')} sessions into them`)
    const lines = await fillSessions(lab, sessions)
    progress(`${sessions.toLocaleString('en')} labels for the label swap`)
    await lab.fillSwaps(sessions)
    console.log(`${sessions.toLocaleString('en')} sessions in a table for ${table.toLocaleString('en')}`)
    const results = await rates(lab, contenders, { rounds, seconds, lines, progress })
    report(results, 'XDP label swap, 1,000 ', 'kernel IPv4 forwarding, 1,000 ')
    if (sessions === MILLION) continue
    await latencies(lab, timed, 2 * rounds, progress)
    progress('tables are written under load')
    await updates(lab, mpls, 2)
    progress('Scapy')
    await scapy(Math.max(...results[5].perCpu))
  } finally {
    await lab.stop()
  }
}

/** The paper's way, towards the VNF. */
async function scapy(ours) {
  const child = await lab
    .contender('/usr/bin/python3', join(dirname(fileURLToPath(import.meta.url)), 'pps/contender.py'), 'm0', 'm1', '6')
    .catch(() => undefined)
  if (child === undefined) return console.log('left out: python3-scapy is not installed')
  await lab.settings({ sessions: 1, mode: 0, frame: mpls })
  await pause(1000)
  const before = await lab.received()
  const busy = lab.busyOf(child.pid)
  const started = performance.now()
  while (performance.now() - started < 4000) {
    await lab.generate(mpls, 10, 10)
    await pause(5)
  }
  const packets = (await lab.received()) - before
  const rate = packets / (lab.busyOf(child.pid) - busy)
  child.kill()
  console.log(
    `Scapy proxy towards the VNF: ${Math.round(packets / 4)} packets/s, ${Math.round(rate)} in a second of CPU; sr-proxy in this run ${Math.round(ours / rate)} times that`,
  )
}
