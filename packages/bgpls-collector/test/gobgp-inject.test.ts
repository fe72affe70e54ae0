// GoBGP's own encoder as the source: what its command line injects is what we collect, and what it takes back is withdrawn.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gobgpForOne } from './support/gobgp.js'
import { eventually, folder, freePort, run } from './support/peers.js'

const bin = fileURLToPath(new URL('../../bin/bgpls-collector.js', import.meta.url))
/** A folder with GoBGP 4.8 (scripts/gobgp.sh makes it): that of Debian 12 injects no link state. */
const ROOT = process.env.SEGCHAIN_GOBGP_ROOT ?? '/opt/segchain/gobgp'

const isis = (one: string, end: 'local' | 'remote') => `${end}-asn 65000 ${end}-igp-router-id 0000.0000.000${one}`
const bgp = (one: string, end: 'local' | 'remote') => `${end}-asn 6500${one} ${end}-bgp-router-id 10.0.0.${one}`
const from1to2 = `link protocol 2 identifier 7 ${isis('1', 'local')} ${isis('2', 'remote')}`
const from2to1 = `link protocol 2 identifier 7 ${isis('2', 'local')} ${isis('1', 'remote')}`
const r = (one: string) => ({ protocol: 'isis-l2', instanceId: '7', asn: 65000, routerId: `0000.0000.000${one}` })
const between = (one: string, other: string) => ({
  protocol: 'isis-l2',
  instanceId: '7',
  localNode: `isis-l2:7:65000:0000.0000.000${one}`,
  remoteNode: `isis-l2:7:65000:0000.0000.000${other}`,
})

/** What is given to `gobgp global rib add -a ls`, and the fields that its record must have. */
const INJECTED: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  [
    `node protocol 2 identifier 7 ${isis('1', 'local')} node-name r1 isis-area-id 490001 sr-algorithm 128`,
    { kind: 'node', ...r('1'), name: 'r1', isisAreas: ['49.0001'], algorithms: [128] },
  ],
  [`node protocol 2 identifier 7 ${isis('2', 'local')} node-name r2`, { kind: 'node', ...r('2'), name: 'r2' }],
  [
    `${from1to2} ipv4-interface-address 10.1.2.1 ipv4-neighbor-address 10.1.2.2 metric 10 te-default-metric 100 max-link-bandwidth 1000000`,
    {
      ...{ kind: 'link', ...between('1', '2'), localAddresses: ['10.1.2.1'], remoteAddresses: ['10.1.2.2'] },
      ...{ igpMetric: 10, teMetric: 100, maxBandwidthBytesPerSec: 1_000_000 },
    },
  ],
  [
    `${from2to1} link-local-id 5 link-remote-id 6 metric 20 unidirectional-link-delay 8516 min-unidirectional-link-delay 8511 max-unidirectional-link-delay 8527 unidirectional-delay-variation 51`,
    {
      ...{ kind: 'link', ...between('2', '1'), localLinkId: 5, remoteLinkId: 6, igpMetric: 20 },
      ...{ delayUs: 8516, minDelayUs: 8511, maxDelayUs: 8527, delayVariationUs: 51 },
    },
  ],
  [
    `${from2to1} ipv6-interface-address 2001:db8::1 ipv6-neighbor-address 2001:db8::2 srv6-endpoint-behavior 5 srv6-sids 2001:db8:1:e001:: srv6-weight 1 srv6-flags 0 srv6-algo 0 srv6-structure-lb 32 srv6-structure-ln 16 srv6-structure-fun 16 srv6-structure-arg 0`,
    {
      ...{ kind: 'link', ...between('2', '1'), localAddresses: ['2001:db8::1'], remoteAddresses: ['2001:db8::2'] },
      srv6EndXSids: [
        {
          ...{ behavior: 5, flags: [], algorithm: 0, weight: 1, sid: '2001:db8:1:e001::' },
          structure: { locatorBlockBits: 32, locatorNodeBits: 16, functionBits: 16, argumentBits: 0 },
        },
      ],
    },
  ],
  ...(['node', 'set'] as const).map((type, i) => {
    const addresses = `ipv4-interface-address 10.9.0.1 ipv4-neighbor-address 10.9.0.${i + 2}`
    return [
      `link protocol 7 identifier 0 ${bgp('1', 'local')} ${bgp('2', 'remote')} ${addresses} sid 1500${i} sid-type ${type} v-flag l-flag weight 1`,
      {
        ...{ kind: 'link', protocol: 'bgp', remoteAddresses: [`10.9.0.${i + 2}`] },
        peerSids: [
          {
            type: `peer-${type}`,
            label: 15000 + i,
            flags: ['value', 'local'],
            weight: 1,
          },
        ],
      },
    ] as const
  }),
  [
    `prefixv6 protocol 2 identifier 7 ${isis('1', 'local')} ip-reachability-info 2001:db8:1::/48`,
    { kind: 'prefix', protocol: 'isis-l2', node: 'isis-l2:7:65000:0000.0000.0001', prefix: '2001:db8:1::/48' },
  ],
  [
    `srv6sid protocol 7 identifier 1 ${bgp('1', 'local')} sids fc00:0:1::2 multi-topology-id 2`,
    { kind: 'srv6-sid', protocol: 'bgp', instanceId: '1', sid: 'fc00:0:1::2', multiTopologyId: 2 },
  ],
]

type Fields = Readonly<Record<string, unknown>>

test('what GoBGP injects from its command line is collected field by field, and withdrawn when it is taken back', async (t) => {
  if (!needsInjector(t)) return
  const [port, api] = [await freePort(), await freePort()]
  const path = folder(t, { 'gobgpd.toml': gobgpForOne(port) })
  run(t, join(ROOT, 'usr/bin/gobgpd'), ['-f', join(path, 'gobgpd.toml'), '--api-hosts', `127.0.0.1:${api}`])
  const rib = (verb: 'add' | 'del', what: string): boolean => {
    const argv = ['-p', String(api), 'global', 'rib', verb, '-a', 'ls', ...what.split(' ')]
    return spawnSync(join(ROOT, 'usr/bin/gobgp'), argv, { stdio: 'ignore' }).status === 0
  }
  for (const [what] of INJECTED) await eventually(20, () => rib('add', what) || undefined)

  const records = follow(t, ['collect', '--follow', '--local-as', '65000', '--peer', `127.0.0.1:${port}`])
  await eventually(30, () => (records.some(({ kind }) => kind === 'sync') ? true : undefined))
  const objects = records.filter(({ kind }) => ['node', 'link', 'prefix', 'srv6-sid'].includes(String(kind)))
  assert.equal(objects.length, INJECTED.length)
  for (const [what, expected] of INJECTED) {
    assert.ok(
      objects.some((record) => Object.keys(expected).every((key) => same(record[key], expected[key]))),
      `${what}\nis not among\n${objects.map((record) => JSON.stringify(record)).join('\n')}`,
    )
  }

  const [[node], , [link]] = INJECTED as readonly [(typeof INJECTED)[0], (typeof INJECTED)[0], (typeof INJECTED)[0]]
  for (const what of [node, link]) assert.ok(rib('del', what), what)
  const withdrawn = await eventually(30, () => {
    const ids = records.flatMap(({ kind, id }) => (kind === 'withdraw' ? String(id) : []))
    return ids.length === 2 ? ids : undefined
  })
  const gone = objects.filter(
    ({ name, remoteAddresses }) => name === 'r1' || same(remoteAddresses, INJECTED[2]?.[1].remoteAddresses),
  )
  assert.deepEqual(withdrawn.sort(), gone.map(({ id }) => String(id)).sort())
})

function needsInjector(t: TestContext): boolean {
  if (existsSync(join(ROOT, 'usr/bin/gobgpd'))) return true
  if (process.env.SEGCHAIN_REQUIRE_GOBGP === '1') throw new Error(`no GoBGP 4.8 in ${ROOT}`)
  t.skip('GoBGP 4.8 is not there: npm run peers -- --gobgp')
  return false
}

/** The records of a command that runs until the test ends; grows as they come. */
function follow(t: TestContext, argv: readonly string[]): readonly Fields[] {
  const child = spawn(process.execPath, [bin, ...argv], { stdio: ['ignore', 'pipe', 'ignore'] })
  t.after(() => child.kill('SIGKILL'))
  const records: Fields[] = []
  createInterface({ input: child.stdout }).on('line', (line) => records.push(JSON.parse(line)))
  return records
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
