import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Announcer } from '../src/announce/announcer.js'
import { readRecordedSession, Speaker } from '../src/index.js'
import { decodeFixture, fixture } from './support/fixtures.js'
import { gobgpForOne } from './support/gobgp.js'
import { eventually, folder, freePort, needs, run } from './support/peers.js'

const CAPTURE = 'frr-captures/bgpls-frr10.7.1-isis-sr-l1.pcap'

test('GoBGP takes a replayed session and an announced topology, and has the same objects of both', async (t) => {
  if (!needs(t, 'gobgpd') || !needs(t, 'gobgp')) return
  const [bgp, api] = [await freePort(), await freePort()]
  const path = folder(t, { 'gobgpd.toml': gobgpForOne(bgp) })
  run(t, 'gobgpd', ['-f', join(path, 'gobgpd.toml'), '--api-hosts', `127.0.0.1:${api}`])
  const table = (): string[] | undefined => {
    const { stdout } = spawnSync('gobgp', ['-p', String(api), 'global', 'rib', '-a', 'ls', '-j'], { encoding: 'utf8' })
    try {
      const found = Object.keys(JSON.parse(stdout || '{}')).sort()
      return found.length === 0 ? undefined : found
    } catch {
      return undefined
    }
  }
  const recorded = await readRecordedSession(createReadStream(fixture(CAPTURE)))
  const session = { localAsn: 65000, bgpId: '10.255.0.1', holdTime: 30, connectRetry: 0.3 }
  const peers = [{ host: '127.0.0.1', port: bgp }]
  const { topology } = await decodeFixture(CAPTURE)
  // GoBGP 3.10 shows links that differ in their IPv6 addresses only as one.
  const shown = topology.map((record) =>
    record.kind === 'link' ? `${record.localNode} ${record.localAddresses?.[0]}` : record.id,
  )
  const objects = new Set(shown).size

  const tableOf = async (updates: ConstructorParameters<typeof Speaker>[0]['updates']): Promise<string[]> => {
    let sent = false
    const speaker = new Speaker({ session, peers, updates }, { sent: () => (sent = true) })
    await speaker.start()
    try {
      await eventually(15, () => (sent ? true : undefined))
      return await eventually(10, () => {
        const found = table()
        return found !== undefined && found.length >= objects ? found : undefined
      })
    } finally {
      speaker.stop()
    }
  }

  const replayed = await tableOf(() => recorded.updates)
  assert.equal(replayed.length, objects)
  // GoBGP forgets everything when the session ends.
  await eventually(10, () => (table() === undefined ? true : undefined))
  const announcer = new Announcer(65000)
  for (const record of topology) announcer.take(record)
  assert.deepEqual(await tableOf(announcer.updates.bind(announcer)), replayed)
})
