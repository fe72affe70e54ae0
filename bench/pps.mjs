// Packets per second, and latency, through the proxy, beside a bare redirect, a label swap and the kernel's forwarding, in one run:
// npm run bench -- pps [seconds] [rounds] [few|many]. Needs root, clang 14, two cores. Generator on one core, proxy and sink on the other.

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ipv4Frame, mplsFrame } from './pps/frames.mjs'
import { Lab, MACS } from './pps/lab.mjs'
import { fillSessions, fillTables } from './pps/tables.mjs'

const [seconds = 1, rounds = 5] = process.argv.slice(2, 4).map(Number)
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

let lab
for (const { table, sessions, contenders } of which === 'few' ? [few] : which === 'many' ? [many] : [few, many]) {
  lab = await Lab.start(table)
  try {
    await fillTables(lab)
    await fillSessions(lab, sessions)
    await lab.fillSwaps(sessions)
    console.log(`${sessions.toLocaleString('en')} sessions in a table for ${table.toLocaleString('en')}`)
    const results = await rates(contenders)
    report(results)
    if (sessions === MILLION) continue
    await latencies()
    await scapy(Math.max(...results[5].perCpu))
  } finally {
    await lab.stop()
  }
}

/** All of them in turn, several rounds: what disturbs one disturbs its neighbours. */
async function rates(contenders) {
  const results = contenders.map(([name]) => ({ name, rates: [], perCpu: [] }))
  for (let round = 0; round < rounds; round++) {
    for (const [at, [, program, frame, mode, sessions, scattered]] of contenders.entries()) {
      await lab.attach(program)
      await lab.settings({ sessions, mode, frame, scattered })
      // Steady state: every session has sent.
      const warmUp = Math.max(100_000, sessions)
      const warm = await lab.generate(frame, warmUp)
      const count = Math.round((warmUp / warm) * seconds)
      const before = await lab.received()
      const busy = lab.busy()
      const took = await lab.generate(frame, count)
      const received = (await lab.received()) - before
      results[at].rates.push(received / took)
      if (lab.busy() > busy && received > 0) results[at].perCpu.push(received / (lab.busy() - busy))
    }
  }
  return results
}

function median(list) {
  return [...list].sort((a, b) => a - b)[list.length >> 1]
}

function report(results) {
  // What disturbs a round makes it slower, and disturbs the short ones most: the best rounds compare.
  const of = (name) => Math.max(...(results.find((one) => one.name.startsWith(name))?.perCpu ?? [0]))
  const [swap, kernel] = [of('XDP label swap, 1,000 '), of('kernel IPv4 forwarding, 1,000 ')]
  console.log(
    "Mpps: in a second; in a second of CPU of the proxy's core (median, lowest, highest); the highest over the swap's, over the kernel's",
  )
  const mega = (rate) => (rate / 1e6).toFixed(2)
  for (const { name, rates, perCpu } of results) {
    const rate = Math.max(...perCpu)
    const spread = `${mega(median(perCpu))} (${mega(Math.min(...perCpu))}-${mega(rate)})`
    const share = `${Math.round((100 * rate) / swap)} %`
    const times = kernel ? `${(rate / kernel).toFixed(1)} ×` : ''
    console.log(
      `${mega(median(rates)).padStart(6)} ${spread.padStart(18)} ${share.padStart(6)} ${times.padStart(7)}  ${name}`,
    )
  }
}

/** Few packets at a time, so that none waits for another batch. */
async function latencies() {
  const rows = [
    ['XDP redirect', 'redirect', mpls, 0],
    ['XDP label swap', 'swap_label', mpls, 0],
    ['sr-proxy towards the VNF', 'sr_network', mpls, 0],
    ['sr-proxy back from the VNF', 'sr_return', plain, 1],
  ]
  console.log('latency from generator to sink, µs: median, 99th percentile')
  for (const [name, program, frame, mode] of rows) {
    await lab.attach(program)
    await lab.settings({ sessions: 1, mode, frame, stamp: 1 })
    await lab.generate(frame, 64)
    await pause(50)
    await lab.latency()
    for (let burst = 0; burst < 1000; burst++) await lab.generate(frame, 4, 4)
    await pause(50)
    const { p50, p99 } = await lab.latency()
    console.log(`${(p50 / 1000).toFixed(1).padStart(6)} ${(p99 / 1000).toFixed(1).padStart(7)}  ${name}`)
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

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
