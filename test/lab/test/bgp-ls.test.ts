import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type StreamRecord, validateRecord } from '@segchain/records'
import { readIsisDatabase } from '../src/read/isis-database.js'
import { readKernelTable } from '../src/read/kernel-table.js'

const root = join(import.meta.dirname, '../../../..')
const fixtures = join(import.meta.dirname, '../../test/fixtures')

function tool(name: string, args: readonly string[], input?: string): string {
  const bin = join(root, `packages/${name}/bin/${name}.js`)
  const { stdout, stderr, status } = spawnSync(process.execPath, [bin, ...args, '-o', 'ndjson'], {
    encoding: 'utf8',
    timeout: 120_000,
    ...(input === undefined ? {} : { input }),
  })
  assert.equal(status, 0, stderr)
  return stdout
}

function decoded(lab: string): string {
  return tool('bgpls-collector', ['decode', join(fixtures, lab, 'bgpls.pcap'), '--snapshot'])
}

/** Whether FRR's BGP-LS can be right: it names one router of a LAN for all of them. */
const withoutLan = ['ring', 'repairs']

for (const lab of withoutLan) {
  test(`${lab}: what FRR says in BGP-LS is what its IS-IS database says; what it leaves out is known`, () => {
    const { nodes, links, prefixes } = readIsisDatabase(readFileSync(join(fixtures, lab, 'database.txt'), 'utf8'))
    const said = new Map<string, object>()
    for (const line of decoded(lab).trim().split('\n')) {
      const record: StreamRecord<'segchain.topology/1'> = validateRecord('segchain.topology/1', JSON.parse(line))
      if (record.kind === 'node' || record.kind === 'link' || record.kind === 'prefix') said.set(record.id, record)
    }
    const leftOut = new Set<string>()
    for (const record of [...nodes, ...links, ...prefixes]) {
      const other: Record<string, unknown> = { ...said.get(record.id) }
      assert.notEqual(other.id, undefined, record.id)
      for (const [field, value] of Object.entries(record)) {
        // FRR 10.7.1 takes two attributes that differ in their colours for one, and sends the links of both with the first.
        if (field === 'extendedAdminGroups') continue
        if (other[field] === undefined) leftOut.add(`${record.kind}.${field}`)
        else assert.deepEqual(other[field], value, `${record.id} ${field}`)
      }
      said.delete(record.id)
    }
    // The prefixes of the probes came after the database was read.
    assert.deepEqual(
      [...said.keys()].filter((id) => !id.startsWith('10.200.')),
      [],
    )
    assert.deepEqual([...leftOut].sort(), [
      'link.adjacencySids',
      'link.applicationSpecific',
      'node.algorithms',
      'node.flexAlgoDefinitions',
      'node.srlb',
    ])
  })

  test(`${lab}: the tools, from the BGP-LS session alone, predict the prefix-SIDs of algorithm 0 in every kernel`, () => {
    const lines = tool('sr-compiler', ['lfib', '--algorithm', '0'], decoded(lab)).trim().split('\n')
    const predicted = lines.flatMap((line) => {
      const record = validateRecord('segchain.analysis/1', JSON.parse(line))
      if (record.kind !== 'label-entry') return []
      const ways = record.nextHops.map((hop) => `l${hop.address?.split('.')[2]}>${hop.label ?? 'pop'}`)
      return [`${record.node} ${record.label} ${ways.sort().join(' ')}`]
    })
    const kernel = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'].flatMap((router) =>
      readKernelTable(readFileSync(join(fixtures, lab, router, 'mpls-route.json'), 'utf8'))
        .filter((row) => row.label >= 16000 && row.label < 17000)
        .map((row) => {
          const ways = row.branches.map((branch) => `${branch.interface}>${branch.label ?? 'pop'}`)
          return `${router} ${row.label} ${ways.sort().join(' ')}`
        }),
    )
    assert.equal(kernel.length, 60)
    assert.deepEqual(predicted, kernel)
  })
}
