import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Snapshot, snapshotOf } from '@segchain/path-engine'
import type { StreamRecord } from '@segchain/records'
import { compileFiles, exampleFiles, labRecords } from './support/lab.js'

const bin = join(import.meta.dirname, '../../bin/sr-compiler.js')
const text = (file: string): string => exampleFiles().find((one) => one.file === file)?.text ?? ''

function files(multiTopologyId: number, plane: string) {
  const igp = `  igp: { protocol: isis-l1, multiTopologyId: ${multiTopologyId} }\n`
  return exampleFiles({
    'network.yaml': `${text('network.yaml').replace(/^ {2}igp:.*\n/m, '')}${igp}  srv6: { blocks: {"0": "fcbb:bb00::/32", "128": "fcbb:bb01::/32"} }\n`,
    'chain.yaml': `${text('chain.yaml').trimEnd()}\n  dataPlane: ${plane}\n`,
    'devices.yaml': text('devices.yaml').replaceAll('igpInstance: "1"', 'igpInstance: "1", srv6: true'),
  })
}

/** The lab twice: as it is, and as topology 2 (RFC 5120), in which r6 has the only way to r4. */
function twoTopologies(): Snapshot {
  const isCut = (a: string, b: string) => [a, b].every((node) => /[34]$/.test(node))
  return snapshotOf(
    labRecords().flatMap((record): StreamRecord<'segchain.topology/1'>[] => {
      if (record.kind !== 'link') return [record]
      if (isCut(record.localNode, record.remoteNode)) return [record]
      return [record, { ...record, id: `${record.id}#2`, multiTopologyId: 2 }]
    }),
  )
}

function hopsOf(multiTopologyId: number) {
  const { plan, errors } = compileFiles(files(multiTopologyId, 'srv6'), { topology: twoTopologies() })
  assert.deepEqual(errors, [])
  const policy = plan?.elements.find((element) => element.kind === 'srv6-policy')
  const names = policy?.kind === 'srv6-policy' ? policy.candidatePaths[0]?.segmentLists[0]?.hops : undefined
  return { names: names?.map(({ name }) => name ?? '') ?? [], failovers: plan?.failovers ?? [] }
}

test('a chain over the IPv6 topology takes the links of that topology alone, and so do its failovers', () => {
  // source: worked by hand: without r3-r4 everything to r4 comes over r6, and r3 is reached over r2.
  const { names, failovers } = hopsOf(2)
  assert.equal(names.at(-1), 'r4')
  for (const [i, name] of names.entries()) if (name === 'r4' && names[i - 1] !== 'r4') assert.equal(names[i - 1], 'r6')
  const told = failovers.flatMap(({ cases }) => cases.map(({ failure }) => failure))
  assert.ok(told.includes('link r4-r6 down'))
  assert.ok(!told.includes('link r3-r4 down'))
  assert.ok(
    failovers.some(({ cases }) => cases.some((one) => one.failure === 'link r4-r6 down' && one.why !== undefined)),
  )
})

test('label stacks over the IPv6 topology, and a topology that no link is in, are errors at their line', () => {
  for (const plane of ['mpls', 'auto']) {
    const { errors } = compileFiles(files(2, plane), { topology: twoTopologies() })
    const [error] = errors.filter(({ code }) => code === 'IPV6_TOPOLOGY')
    assert.deepEqual([error?.where.file, error?.where.path], ['chain.yaml', 'spec.dataPlane'])
    assert.match(error?.hint ?? '', /dataPlane: srv6/)
  }
  const { errors } = compileFiles(files(7, 'srv6'), { topology: twoTopologies() })
  const [error] = errors.filter(({ code }) => code === 'MULTI_TOPOLOGY')
  assert.deepEqual([error?.where.file, error?.where.path], ['network.yaml', 'spec.igp.multiTopologyId'])
  assert.equal(error?.hint, 'links of the topology stream are in: 0, 2')
})

test('prefix-SIDs of the IPv6 topology are rows of the label tables, over the links of that topology', () => {
  // source: worked by hand: in topology 2 r3 and r4 are no neighbours, and r4 is reached over r6 alone (r3 over r2).
  const records = labRecords().flatMap((record): StreamRecord<'segchain.topology/1'>[] => {
    if (record.kind === 'link' && ![record.localNode, record.remoteNode].every((node) => /[34]$/.test(node)))
      return [record, { ...record, id: `${record.id}#2`, multiTopologyId: 2 }]
    const isLoopback = record.kind === 'prefix' && (record.prefixSids ?? []).some(({ index }) => index === 4)
    if (!isLoopback || record.prefix.includes(':')) return [record]
    const prefixSids = [{ algorithm: 0, index: 604, flags: ['node'] }]
    return [record, { ...record, id: `${record.id}#2`, prefix: '2001:db8::4/128', multiTopologyId: 2, prefixSids }]
  })
  const header = { kind: 'header', schema: 'segchain.topology/1', tool: 'test', version: '1' }
  const lines = [
    header,
    ...records.filter(({ kind }) => kind !== 'header'),
    { kind: 'sync', id: 'end', reason: 'end-of-rib' },
  ]
  const lfib = (...args: readonly string[]) => {
    const { stdout, stderr } = spawnSync(process.execPath, [bin, 'lfib', '--node', 'r3', ...args], {
      input: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
      encoding: 'utf8',
      timeout: 60_000,
    })
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ kind }) => kind === 'label-entry')
    assert.notEqual(rows.length, 0, stderr)
    return new Map(rows.map(({ label, nextHops }) => [label, nextHops.map(({ node }: { node: string }) => node)]))
  }
  const both = lfib()
  assert.deepEqual([both.get(16004), both.get(16604)], [['r4'], ['r2']])
  const only = lfib('--multi-topology', '2')
  assert.deepEqual([only.get(16004), only.get(16604)], [undefined, ['r2']])
})
