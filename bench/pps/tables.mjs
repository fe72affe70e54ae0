// The tables of the bench: one label, one VNF (out by m1, back by m0), one next hop; and sessions.
import { LABEL, NEXT } from './frames.mjs'
import { MACS, word } from './lab.mjs'
import { Lines, mix } from './lines.mjs'

const dist = '../../packages/sr-proxy/dist/src/'
const { compileTables } = await import(`${dist}tables/compile.js`)
const { Ids } = await import(`${dist}tables/ids.js`)
const { mergeTables } = await import(`${dist}tables/merge.js`)

/** @param others labels that no frame has, to make the table long; each changes with `turn` */
export function imageOf(lab, generation, others = 0, turn = 0) {
  const host = new Map(['m0', 'm1'].map((name) => [name, { index: lab.index('m', name), mac: MACS[name], mtu: 1500 }]))
  const tables = {
    attachments: { vnf: { interface: 'm1', return: 'm0', mac: MACS.s0 } },
    nextHops: { next: { interface: 'm1', mac: MACS.s0 } },
    labels: [
      { label: LABEL, action: 'dynamic', vnf: 'vnf' },
      { label: NEXT, action: 'forward', nextHop: 'next', out: 'keep' },
      ...Array.from({ length: others }, (_, index) => ({
        label: 100_000 + index,
        action: 'forward',
        nextHop: 'next',
        out: 200_000 + ((index + turn) % 100_000),
      })),
    ],
  }
  const settings = { unknownLabels: 'drop', icmpPerSecond: 0, sessionLines: lab.sessionLines }
  return compileTables(mergeTables(new Map([['bench', tables]])), settings, host, new Ids(undefined, 0), generation)
}

export async function fillTables(lab) {
  const image = imageOf(lab, 1)
  for (const { table, entries } of image.arrays) await lab.proxy.tables.get(table).setAll(entries)
  for (const table of ['labels', 'ports', 'services'])
    await lab.proxy.tables.get(table).setAll(image.generational[table])
  await lab.proxy.tables.get('config').set(word(0), image.config)
}

/** As many sessions as the generator makes, as if each had sent a packet. @returns their lines */
export async function fillSessions(lab, count) {
  const table = lab.proxy.tables.get('sessions4')
  const keys = Array.from({ length: count }, (_, session) => keyOf(session))
  for (let from = 0; from < count; from += 20_000)
    await table.setAll(keys.slice(from, from + 20_000).map((key) => ({ key, value: sessionOf(key) })))
  return new Lines(lab, keys)
}

function keyOf(session) {
  const key = Buffer.from([10, 1, 0, 0, 10, 2, 0, 0, 0, 0, 0, 9, 1, 0, 17, 0])
  key.writeUInt16BE(0x1000 + (session >> 15), 2)
  key.writeUInt16BE(0x2000 - (session >> 15), 6)
  key.writeUInt16BE(1024 + (session & 0x7fff), 8)
  return key
}

function sessionOf(key) {
  const value = Buffer.alloc(92)
  value.writeUInt32LE(mix(key), 0)
  value.writeUInt32LE(Number(process.hrtime.bigint() >> 30n), 4)
  value.writeUInt32LE(LABEL, 8)
  value[24] = 1
  value.writeUInt32BE(((NEXT << 12) | 0x140) >>> 0, 28)
  return value
}
