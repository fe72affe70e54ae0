import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { SessionRecord, Sync, TopologyRecord } from '@segchain/records'
import { Announcer } from '../src/announce/announcer.js'
import { Collector, Speaker, type TopologyEvent } from '../src/index.js'
import { decodeFixture } from './support/fixtures.js'
import { eventually, folder, freePort, needs, run } from './support/peers.js'

/** A daemon between the one that feeds it (over IPv6) and the one that collects from it (over IPv4). */
const config = (port: number) => `
[global.config]
  as = 65000
  router-id = "10.99.0.2"
  port = ${port}
  local-address-list = ["127.0.0.1", "::1"]
${['127.0.0.1', '::1']
  .map(
    (address) => `
[[neighbors]]
  [neighbors.config]
    neighbor-address = "${address}"
    peer-as = ${address === '::1' ? 65001 : 65002}
  [neighbors.transport.config]
    passive-mode = true
  [neighbors.graceful-restart.config]
    enabled = true
    restart-time = 60
    deferral-time = 600
  [[neighbors.afi-safis]]
    [neighbors.afi-safis.config]
      afi-safi-name = "ls"
    [neighbors.afi-safis.mp-graceful-restart.config]
      enabled = true
`,
  )
  .join('')}`

test('gobgpd is killed and starts again: its topology is stale meanwhile, and what it has no more goes at its End-of-RIB', async (t) => {
  if (!needs(t, 'gobgpd')) return
  const [bgp, api] = [await freePort(), await freePort()]
  const path = folder(t, { 'gobgpd.toml': config(bgp) })
  const start = (...more: readonly string[]) =>
    run(t, 'gobgpd', ['-f', join(path, 'gobgpd.toml'), '--api-hosts', `127.0.0.1:${api}`, ...more])
  const { topology } = await decodeFixture('frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap')
  const nodes = topology.filter(({ kind }) => kind === 'node')
  const feeder = async (records: readonly TopologyRecord[]) => {
    const announcer = new Announcer(65001)
    for (const record of records) announcer.take(record)
    const speaker = new Speaker({
      session: { localAsn: 65001, bgpId: '10.255.0.1', holdTime: 30, connectRetry: 0.3 },
      peers: [{ host: '::1', port: bgp }],
      updates: announcer.updates.bind(announcer),
    })
    t.after(() => speaker.stop())
    await speaker.start()
    return speaker
  }
  const events: (TopologyEvent | SessionRecord | Sync)[] = []
  const collector = new Collector(
    {
      session: { localAsn: 65002, bgpId: '192.0.2.179', holdTime: 30, connectRetry: 0.3 },
      peers: [{ host: '127.0.0.1', port: bgp }],
      allowed: () => true,
      // Only an End-of-RIB ends the dump of this peer.
      quietSeconds: 600,
      strictOrder: false,
      maxStaleSeconds: 300,
      maxSessions: 4,
    },
    { event: (event) => events.push(event), problem: () => {}, log: () => {} },
  )
  t.after(() => collector.stop())

  const first = start()
  const before = await feeder(nodes)
  await collector.start()
  await eventually(60, () => (collector.rib.size === nodes.length ? true : undefined))
  assert.ok(collector.rib.snapshot().every(({ stale }) => stale === undefined))

  first.kill('SIGKILL')
  await eventually(30, () => (collector.rib.snapshot().every(({ stale }) => stale === true) ? true : undefined))
  assert.equal(collector.rib.size, nodes.length)
  assert.equal(events.filter(({ kind }) => kind === 'withdraw').length, 0)
  before.stop()

  events.length = 0
  start('--graceful-restart')
  await feeder(nodes.slice(1))
  await eventually(60, () => events.find(({ kind }) => kind === 'sync'))
  assert.deepEqual(
    collector.rib.snapshot().map(({ id, stale }) => ({ id, stale })),
    nodes.slice(1).map(({ id }) => ({ id, stale: undefined })),
  )
  assert.deepEqual(
    events.flatMap((event) => (event.kind === 'withdraw' ? [event.id] : [])),
    [nodes[0]?.id],
  )
  const sync = events.find((event) => event.kind === 'sync')
  assert.equal(sync?.kind === 'sync' && sync.reason, 'end-of-rib')
})
