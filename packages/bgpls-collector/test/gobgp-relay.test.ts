// The other direction of gobgp.test.ts: what a live GoBGP says is what we collect.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { fixture } from './support/fixtures.js'
import { eventually, folder, freePort, needs, run } from './support/peers.js'

const bin = fileURLToPath(new URL('../../bin/bgpls-collector.js', import.meta.url))
const CAPTURE = fixture('frr-captures/bgpls-frr10.7.1-isis.pcap')
const ROUTER = '127.0.0.2'
const COLLECTOR = '127.0.0.3'

/** GoBGP knows its neighbours by address; it connects to both of them, or waits for the collector. */
const config = (port: number, router: number, collector: number | 'waits') => `
[global.config]
  as = 64999
  router-id = "10.99.0.2"
  port = ${port}
  local-address-list = ["127.0.0.1"]
${neighbour(ROUTER, 65000, router)}
${neighbour(COLLECTOR, 64998, collector)}
`
const neighbour = (address: string, asn: number, port: number | 'waits') => `
[[neighbors]]
  [neighbors.config]
    neighbor-address = "${address}"
    peer-as = ${asn}
  [neighbors.timers.config]
    connect-retry = 1
    idle-hold-time-after-reset = 1
  [neighbors.transport.config]
${port === 'waits' ? '    passive-mode = true' : `    remote-port = ${port}`}
    local-address = "127.0.0.1"
  [[neighbors.afi-safis]]
    [neighbors.afi-safis.config]
      afi-safi-name = "ls"
`

interface Described {
  readonly kind: string
  readonly id: string
  readonly [field: string]: unknown
}

/** The objects of a stream by their ids, the last word of each, without what says from whom it came. */
function objectsOf(stdout: string): ReadonlyMap<string, Described> {
  const records = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Described)
    .filter(({ kind }) => kind === 'node' || kind === 'link' || kind === 'prefix')
  return new Map(records.map(({ sources: _, ...record }) => [String(record.id), record as Described]))
}

function decoded(): ReadonlyMap<string, Described> {
  const { stdout } = spawnSync(process.execPath, [bin, 'decode', '--snapshot', CAPTURE], { encoding: 'utf8' })
  return objectsOf(stdout)
}

test('a topology that GoBGP hands on is collected as its routers said it: GoBGP connects to us', async (t) => {
  if (!needs(t, 'gobgpd') || !needs(t, 'gobgp')) return
  const [bgp, api, router, collector] = [await freePort(), await freePort(), await freePort(), await freePort()]
  run(t, process.execPath, [bin, 'replay', CAPTURE, '--listen', `${ROUTER}:${router}`])
  const path = folder(t, { 'gobgpd.toml': config(bgp, router, collector) })
  run(t, 'gobgpd', ['-f', join(path, 'gobgpd.toml'), '--api-hosts', `127.0.0.1:${api}`])
  // Before GoBGP has learned it, its End-of-RIB would be that of an empty table.
  await eventually(60, () => {
    const { stdout } = spawnSync('gobgp', ['-p', String(api), 'global', 'rib', '-a', 'ls', '-j'], { encoding: 'utf8' })
    return stdout.length > 2 && stdout.includes('10.1.2.0') ? true : undefined
  })
  const argv = ['collect', '--follow', '--local-as', '64998', '--listen', `${COLLECTOR}:${collector}`]
  const ours = decoded()
  const theirs = await objectsWhenWhole(argv, idsOf(ours, isNoLink).length)
  assert.deepEqual(idsOf(theirs, isNoLink), idsOf(ours, isNoLink))
  // GoBGP 3.10 keeps one of the links that differ in their IPv6 addresses only, and hands on no TLV that it
  // does not know itself (266, 1038). What it does hand on is as it came.
  for (const [id, record] of theirs) {
    const original = ours.get(id)
    assert.ok(original !== undefined, id)
    for (const [field, value] of Object.entries(record)) assert.deepEqual(value, original[field], `${id} ${field}`)
  }
  const between = (record: Described): string => `${record.localNode} ${record.remoteNode}`
  const pairs = (objects: ReadonlyMap<string, Described>): string[] => [
    ...new Set([...objects.values()].filter((record) => !isNoLink(record)).map(between)),
  ]
  assert.deepEqual(pairs(theirs).sort(), pairs(ours).sort())
})

function isNoLink({ kind }: Described): boolean {
  return kind !== 'link'
}

function idsOf(objects: ReadonlyMap<string, Described>, wanted: (record: Described) => boolean): string[] {
  return [...objects.values()]
    .filter(wanted)
    .map(({ id }) => id)
    .sort()
}

/** Follows until so many nodes and prefixes, and a sync after them, have come. */
async function objectsWhenWhole(argv: readonly string[], expected: number): Promise<ReadonlyMap<string, Described>> {
  const child = spawn(process.execPath, [bin, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  try {
    return await eventually(60, () => {
      const whole = stdout.slice(0, stdout.lastIndexOf('\n') + 1)
      const objects = objectsOf(whole)
      return whole.includes('"kind":"sync"') && idsOf(objects, isNoLink).length >= expected ? objects : undefined
    })
  } finally {
    child.kill('SIGTERM')
  }
}
