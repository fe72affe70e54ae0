// Packets per second through the proxy, beside a bare redirect, a label swap and the kernel's forwarding, in one run:
// npm run bench -- pps [seconds] [rounds]. Needs root, clang 14, two cores. Generator on one core, proxy and sink on the other.

import { ipv4Frame, mplsFrame } from './pps/frames.mjs'
import { Lab, MACS } from './pps/lab.mjs'
import { fillSessions, fillTables } from './pps/tables.mjs'

const [seconds = 1, rounds = 5] = process.argv.slice(2).map(Number)
const MILLION = 1_000_000
const mpls = mplsFrame(MACS)
const plain = ipv4Frame(MACS)

/** [name, program on m0, frame, mode, sessions] */
const contenders = [
  ['XDP redirect', 'redirect', mpls, 0, 1],
  ['XDP label swap, 1 label', 'swap_label', mpls, 0, 1],
  ['XDP label swap, 1,000 labels', 'swap_label', mpls, 2, 1000],
  ['kernel IPv4 forwarding', undefined, plain, 1, 1],
  ['kernel IPv4 forwarding, 1,000 sessions', undefined, plain, 1, 1000],
  ...[1, 1000, MILLION].flatMap((sessions) => [
    [`sr-proxy towards the VNF, ${sessions.toLocaleString('en')} sessions`, 'sr_network', mpls, 0, sessions],
    [`sr-proxy back from the VNF, ${sessions.toLocaleString('en')} sessions`, 'sr_return', plain, 1, sessions],
  ]),
]

const lab = await Lab.start(2 * MILLION)
try {
  await fillTables(lab)
  await fillSessions(lab, MILLION)
  const results = contenders.map(([name]) => ({ name, rates: [], perCpu: [] }))
  for (let round = 0; round < rounds; round++) {
    for (const [at, [, program, frame, mode, sessions]] of contenders.entries()) {
      await lab.attach(program)
      await lab.settings({ sessions, mode, frame })
      const warm = await lab.generate(frame, 200_000)
      const count = Math.round((200_000 / warm) * seconds)
      const before = await lab.received()
      const busy = lab.busy()
      const took = await lab.generate(frame, count)
      const received = (await lab.received()) - before
      results[at].rates.push(received / took)
      results[at].perCpu.push(received / (lab.busy() - busy))
    }
  }
  const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1]
  const [swap, kernel] = [results[2], results[4]].map(({ perCpu }) => median(perCpu))
  console.log(
    "Mpps: per second; per second of CPU of the proxy's core (median, lowest, highest), and that as share of the swap, over the kernel",
  )
  const mega = (rate) => (rate / 1e6).toFixed(2)
  for (const { name, rates, perCpu } of results) {
    const rate = median(perCpu)
    const spread = `${mega(rate)} (${mega(Math.min(...perCpu))}-${mega(Math.max(...perCpu))})`
    const [share, times] = [`${Math.round((100 * rate) / swap)} %`, `${(rate / kernel).toFixed(1)} ×`]
    console.log(
      `${mega(median(rates)).padStart(6)} ${spread.padStart(18)} ${share.padStart(6)} ${times.padStart(7)}  ${name}`,
    )
  }
  const drops = await lab.proxy.tables.get('drops').entries()
  for await (const { key, value } of drops) {
    let packets = 0n
    for (let at = 0; at < value.length; at += 16) packets += value.readBigUInt64LE(at)
    if (packets > 0n) console.log(`dropped by the proxy, reason ${key.readUInt32LE(0)}: ${packets}`)
  }
} finally {
  await lab.stop()
}
