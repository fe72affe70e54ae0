import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import type { TopologyRecord } from '@segchain/records'
import { Collector } from '../src/index.js'
import { localNode, nlri, remoteNode, tlv } from './support/fixtures.js'
import { eventually, folder, freePort, needs, run } from './support/peers.js'

/** A raw announcement of ExaBGP: attributes 14 and 29 as bytes. */
function announce(nlriHex: string, linkStateHex: string, next: number): string {
  const reach = `0x400447047f00000100${nlriHex}`
  return `echo "announce route 192.0.2.${next}/32 next-hop 127.0.0.1 attribute [0x0e 0x80 ${reach}] attribute [0x1d 0x80 0x${linkStateHex}]"`
}

// source: RFC 9351 §3, RFC 9085 §2.2.1; ExaBGP frames and sends the bytes
const fad = tlv(1026, '7237') + tlv(1039, `80010064${tlv(1041, '00000001')}`)
const adjacency = tlv(1099, '30000000003a98') + tlv(1099, '30000000003a99')

const script = `#!/bin/sh
sleep 1
${announce(nlri(1, 2, localNode), fad, 1)}
${announce(nlri(2, 2, localNode + remoteNode), adjacency, 2)}
sleep 60
`

const config = (port: number, path: string) => `
process feeder { run ${path}/feed.sh; encoder text; }
neighbor 127.0.0.1 {
  router-id 10.98.0.1; local-address 127.0.0.1; local-as 65000; peer-as 65000; connect ${port};
  family { ipv4 unicast; bgp-ls bgp-ls; }
  api { processes [ feeder ]; }
}
`

test('a live ExaBGP session brings a FAD and two adjacency-SIDs of one link', async (t) => {
  if (!needs(t, 'exabgp')) return
  const objects: TopologyRecord[] = []
  const collector = new Collector(
    {
      session: { localAsn: 65000, bgpId: '192.0.2.179', holdTime: 30, connectRetry: 1 },
      peers: [],
      listen: { host: '127.0.0.1', port: await freePort() },
      allowed: () => true,
      quietSeconds: 3,
      strictOrder: false,
      maxStaleSeconds: 5,
      maxSessions: 4,
      // ExaBGP sends the raw attributes with an IPv4 route.
      families: [{ afi: 1, safi: 1 }],
    },
    {
      event: (event) => {
        if (event.kind === 'node' || event.kind === 'link') objects.push(event)
      },
      problem: (_treatment, error) => assert.fail(error),
      log: () => {},
    },
  )
  const listening = await collector.start()
  t.after(() => collector.stop())
  const path = folder(t, { 'feed.sh': script })
  const file = join(path, 'exabgp.conf')
  spawnSync('tee', [file], { input: config(listening?.port ?? 0, path), stdio: ['pipe', 'ignore', 'ignore'] })
  run(t, 'exabgp', [file], { 'exabgp.api.cli': 'false', 'exabgp.daemon.daemonize': 'false', 'exabgp.tcp.bind': '' })
  await eventually(15, () => (objects.length >= 2 ? true : undefined))
  const node = objects.find((record) => record.kind === 'node')
  const link = objects.find((record) => record.kind === 'link')
  assert.equal(node?.kind === 'node' && node.name, 'r7')
  assert.deepEqual(node?.kind === 'node' && node.flexAlgoDefinitions, [
    { algorithm: 128, metricType: 1, calculationType: 0, priority: 100, includeAny: [0] },
  ])
  assert.deepEqual(link?.kind === 'link' && link.adjacencySids, [
    { label: 15000, flags: ['value', 'local'], weight: 0 },
    { label: 15001, flags: ['value', 'local'], weight: 0 },
  ])
})
