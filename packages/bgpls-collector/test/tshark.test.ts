import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { test } from 'node:test'
import type { LinkRecord, TopologyRecord } from '@segchain/records'
import { decodeUpdate, readRecordedSession } from '../src/index.js'
import { fixture } from './support/fixtures.js'
import { needs } from './support/peers.js'

// tshark 4.0 as a second opinion, on the fields that its dissector shows
interface Field {
  readonly name: string
  /** How tshark prints it, the value in group 1. */
  readonly shown: RegExp
  /** The values of one of our records. */
  readonly ours: (record: TopologyRecord) => readonly (string | number | undefined)[]
  /** Of the NLRI itself; otherwise of the attribute, which the NLRIs of an UPDATE share, and tshark shows once. */
  readonly everyNlri?: boolean
}

/** What tshark shows with two decimals, of bytes per second. */
const megabits = (bytesPerSecond: number | undefined): string | undefined =>
  bytesPerSecond === undefined ? undefined : ((bytesPerSecond * 8) / 1_000_000).toFixed(2)
/** Bit numbers as the one word that the captures have. */
const hexadecimal = (bits: readonly number[] | undefined): string | undefined =>
  bits
    ?.reduce((word, bit) => word + 2 ** bit, 0)
    .toString(16)
    .padStart(8, '0')
const link = (of: (record: LinkRecord) => readonly (string | number | undefined)[]) => (record: TopologyRecord) =>
  record.kind === 'link' ? of(record) : []

const fields: readonly Field[] = [
  { name: 'IGP metrics', shown: /^IGP Metric: 0x[0-9a-f]+ \(([0-9]+)\)$/, ours: link((record) => [record.igpMetric]) },
  { name: 'link delays (RFC 8571)', shown: /^Delay: ([0-9]+)$/, ours: link((record) => [record.delayUs]) },
  {
    name: 'affinities (RFC 9104)',
    shown: /^Extended Administrative Group: ([0-9a-f]+)$/,
    ours: link((record) => [hexadecimal(record.extendedAdminGroups)]),
  },
  {
    name: 'link bandwidths',
    shown: /^Maximum link bandwidth: ([0-9.]+) Mbps$/,
    ours: link((record) => [megabits(record.maxBandwidthBytesPerSec)]),
  },
  {
    name: 'reservable bandwidths',
    shown: /^Maximum reservable link bandwidth: ([0-9.]+) Mbps$/,
    ours: link((record) => [megabits(record.maxReservableBandwidthBytesPerSec)]),
  },
  {
    name: 'unreserved bandwidths',
    shown: /^Priority [0-7], Unreserved Bandwidth: ([0-9.]+) Mbps$/,
    ours: link((record) => (record.unreservedBandwidthBytesPerSec ?? []).map(megabits)),
  },
  {
    name: 'interface addresses',
    shown: /^IPv4 Interface Address: ([0-9.]+)$/,
    ours: link((record) => (record.localAddresses ?? []).filter((address) => !address.includes(':'))),
    everyNlri: true,
  },
  {
    name: 'neighbour addresses',
    shown: /^IPv4 Neighbor Address: ([0-9.]+)$/,
    ours: link((record) => (record.remoteAddresses ?? []).filter((address) => !address.includes(':'))),
    everyNlri: true,
  },
  { name: 'node names', shown: /^Node name: (.*)$/, ours: (record) => (record.kind === 'node' ? [record.name] : []) },
  {
    name: 'areas',
    shown: /^IS-IS Area Identifier: ([0-9a-f]+)$/,
    ours: (record) => (record.kind === 'node' ? (record.isisAreas ?? []).map((area) => area.replaceAll('.', '')) : []),
  },
  {
    name: 'first labels of the SRGB',
    shown: /From Label: ([0-9]+)$/,
    ours: (record) => (record.kind === 'node' ? (record.srgb ?? []).map((range) => range.first) : []),
  },
  {
    name: 'sizes of the SRGB',
    shown: /^Range Size: ([0-9]+)$/,
    ours: (record) => (record.kind === 'node' ? (record.srgb ?? []).map((range) => range.size) : []),
  },
  {
    name: 'MSDs',
    shown: /^MSD Value: ([0-9]+)$/,
    ours: (record) => (record.kind === 'node' ? (record.msds ?? []).map((msd) => msd.value) : []),
  },
  {
    name: 'prefix-SIDs',
    shown: /^SID\/Index: ([0-9]+)$/,
    ours: (record) => (record.kind === 'prefix' ? (record.prefixSids ?? []).map((sid) => sid.index) : []),
  },
  {
    name: 'prefix metrics',
    shown: /^Prefix Metric: 0x[0-9a-f]+ \(([0-9]+)\)$/,
    ours: (record) => (record.kind === 'prefix' ? [record.metric] : []),
  },
  {
    name: 'prefixes',
    shown: /^IP Reachability Information TLV \((.*)\)$/,
    ours: (record) => (record.kind === 'prefix' && !record.prefix.includes(':') ? [record.prefix] : []),
    everyNlri: true,
  },
]

for (const file of ['isis-sr-l1', 'isis-sr-l2', 'isis', 'ospf-sr']) {
  test(`tshark sees the same values in ${file}, field by field`, async (t) => {
    if (!needs(t, 'tshark')) return
    const path = fixture(`frr-captures/bgpls-frr10.7.1-${file}.pcap`)
    const { stdout } = spawnSync('tshark', ['-r', path, '-V'], { encoding: 'utf8', maxBuffer: 1 << 27 })
    const lines = stdout.split('\n').map((line) => line.trim())
    const { updates } = await readRecordedSession(createReadStream(path))
    const announced = updates.map((bytes) => decodeUpdate({ type: 2, bytes }, { asn4: true }).announced)
    for (const { name, shown, ours, everyNlri = false } of fields) {
      const theirs = lines.flatMap((line) => shown.exec(line)?.[1] ?? [])
      const records = everyNlri ? announced.flat() : announced.flatMap((list) => list.slice(0, 1))
      const mine = records.flatMap(ours).flatMap((value) => (value === undefined ? [] : [String(value)]))
      assert.deepEqual(
        mine.sort(),
        name === 'prefixes' ? theirs.filter((text) => !text.includes(':')).sort() : theirs.sort(),
        name,
      )
    }
  })
}
