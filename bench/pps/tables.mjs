// The tables of the bench: one label, one VNF (out by m1, back by m0), one next hop; and sessions.
import { LABEL, NEXT } from './frames.mjs'
import { MACS, word } from './lab.mjs'

const dist = '../../packages/sr-proxy/dist/src/'
const { compileTables } = await import(`${dist}tables/compile.js`)
const { Ids } = await import(`${dist}tables/ids.js`)
const { mergeTables } = await import(`${dist}tables/merge.js`)

let generation = 0

/** @param vnfMac another one makes another generation of the tables */
export async function fillTables(lab, vnfMac = MACS.s0) {
  const host = new Map(['m0', 'm1'].map((name) => [name, { index: lab.index('m', name), mac: MACS[name], mtu: 1500 }]))
  const tables = {
    attachments: { vnf: { interface: 'm1', return: 'm0', mac: vnfMac } },
    nextHops: { next: { interface: 'm1', mac: MACS.s0 } },
    labels: [
      { label: LABEL, action: 'dynamic', vnf: 'vnf' },
      { label: NEXT, action: 'forward', nextHop: 'next', out: 'keep' },
    ],
  }
  const settings = { unknownLabels: 'drop', icmpPerSecond: 0, sessionLines: 4096 }
  const image = compileTables(
    mergeTables(new Map([['bench', tables]])),
    settings,
    host,
    new Ids(undefined, 0),
    ++generation,
  )
  for (const { table, entries } of image.arrays) await lab.proxy.tables.get(table).setAll(entries)
  for (const table of ['labels', 'ports', 'services'])
    await lab.proxy.tables.get(table).setAll(image.generational[table])
  await lab.proxy.tables.get('config').set(word(0), image.config)
  return image
}

/** As many sessions as the generator makes, as if each had sent a packet. */
export async function fillSessions(lab, count) {
  const table = lab.proxy.tables.get('sessions4')
  const entries = []
  for (let session = 0; session < count; session++) {
    entries.push(sessionEntry(session))
    if (entries.length === 20_000) await table.setAll(entries.splice(0))
  }
  await table.setAll(entries)
}

function sessionEntry(session) {
  const key = Buffer.from([10, 1, 0, 0, 10, 2, 0, 0, 0, 0, 0, 9, 1, 0, 17, 0])
  key.writeUInt16BE(0x1000 + (session >> 15), 2)
  key.writeUInt16BE(0x2000 - (session >> 15), 6)
  key.writeUInt16BE(1024 + (session & 0x7fff), 8)
  const value = Buffer.alloc(92)
  value.writeUInt32LE(mix(key), 0)
  value.writeUInt32LE(LABEL, 8)
  value[24] = 1
  value.writeUInt32BE(((NEXT << 12) | 0x140) >>> 0, 28)
  return { key, value }
}

/** sr_mix of bpf/src/session.h. */
function mix(key) {
  let hash = 0x9e3779b9
  for (let at = 0; at < key.length; at += 4) {
    hash = Math.imul(hash ^ key.readUInt32LE(at), 0x85ebca6b) >>> 0
    hash = (hash ^ (hash >>> 15)) >>> 0
  }
  return hash
}
