import assert from 'node:assert/strict'
import { test } from 'node:test'
import { validateRecord } from '@segchain/records'
import { decodeFixture } from './support/fixtures.js'

// source: captures of FRR 10.7.1; the counts are those of `tshark -V` on the same files
const captures = [
  { file: 'bgpls-frr10.7.1-isis-sr-l1.pcap', nodes: 6, protocol: 'isis-l1' },
  { file: 'bgpls-frr10.7.1-isis-sr-l2.pcap', nodes: 6, protocol: 'isis-l2' },
  { file: 'bgpls-frr10.7.1-isis.pcap', nodes: 6, protocol: 'isis-l1' },
  { file: 'bgpls-frr10.7.1-ospf-sr.pcap', nodes: 6, protocol: 'ospfv2' },
] as const

for (const { file, nodes, protocol } of captures) {
  test(`${file} decodes without a finding, into valid records`, async () => {
    const { topology, found } = await decodeFixture(`frr-captures/${file}`)
    assert.deepEqual(
      found.filter((one) => one.kind !== 'record'),
      [],
    )
    assert.equal(topology.filter((record) => record.kind === 'node').length, nodes)
    for (const record of topology) {
      validateRecord('segchain.topology/1', record)
      assert.equal('protocol' in record && record.protocol, protocol)
      assert.equal(record.unknown, undefined)
      assert.deepEqual(record.sources, ['10.255.0.1@10.99.0.1'])
    }
  })
}

test('a node of FRR has name, area, SRGB, MSD and router-id as tshark shows them', async () => {
  const { topology } = await decodeFixture('frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap')
  assert.deepEqual(
    topology.find((record) => record.id === 'isis-l1:0::0000.0000.0001'),
    {
      kind: 'node',
      id: 'isis-l1:0::0000.0000.0001',
      protocol: 'isis-l1',
      instanceId: '0',
      routerId: '0000.0000.0001',
      name: 'r1',
      isisAreas: ['49.0001'],
      srCapabilities: ['mpls-ipv4', 'mpls-ipv6'],
      srgb: [{ first: 16000, size: 8000 }],
      msds: [{ type: 1, value: 8 }],
      routerIds: ['10.255.0.1'],
      sources: ['10.255.0.1@10.99.0.1'],
    },
  )
})

test('a loopback of FRR has its prefix-SID with the N flag', async () => {
  const { topology } = await decodeFixture('frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap')
  const loopback = topology.find((record) => record.id === '10.255.0.1/32@isis-l1:0::0000.0000.0001')
  assert.equal(loopback?.kind, 'prefix')
  assert.deepEqual(loopback.prefixSids, [{ algorithm: 0, index: 1, flags: ['node'] }])
  assert.equal(loopback.metric, 10)
})

test('the initial dump of FRR ends with an End-of-RIB', async () => {
  const { found } = await decodeFixture('frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap')
  const syncs = found.filter((one) => one.kind === 'record' && one.record.kind === 'sync')
  assert.equal(syncs.length >= 1, true)
})
