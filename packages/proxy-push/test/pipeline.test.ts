import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { ProxyLabelRecord } from '@segchain/records'
import { startProxy } from './daemons.js'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const tool = (name: string, args: readonly string[], input?: string) =>
  spawnSync(process.execPath, [join(root, 'packages', name, 'bin', `${name}.js`), ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...(input === undefined ? {} : { input }),
  })

test('a recorded topology and the example’s intents become labels in proxies', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'segchain-pipeline-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const intents = join(folder, 'intents')
  cpSync(join(root, 'examples/cloud-gaming'), intents, { recursive: true })
  const names = ['r3', 'r4', 'r6']
  const file = join(intents, 'devices.yaml')
  const devices = readFileSync(file, 'utf8').replace(/name: (r[346]) }\nspec: \{ /g, (_, name: string) => {
    return `name: ${name} }\nspec: { proxy: { socket: ${join(folder, name)}.sock }, `
  })
  writeFileSync(file, devices)
  const topology = tool('bgpls-collector', [
    'decode',
    join(root, 'packages/bgpls-collector/test/fixtures/frr-captures/bgpls-frr10.7.1-isis.pcap'),
  ])
  assert.equal(topology.status, 0, topology.stderr)
  const plan = tool('sr-compiler', ['compile', intents], topology.stdout)
  assert.equal(plan.status, 0, plan.stderr)

  const attachment = (mac: number) => ({ interface: 'lo', vlan: mac, mac: `02:00:00:00:00:0${mac}` })
  const tables = {
    attachments: { 'veth-check': attachment(1), 'veth-classify': attachment(2), 'veth-deep': attachment(3) },
    nextHops: { 'veth-aggregate': { interface: 'lo', mac: '02:00:00:00:00:09' } },
  }
  const proxies = await Promise.all(names.map((name) => startProxy(folder, name, {}, tables)))
  t.after(() => {
    for (const { child } of proxies) child.kill('SIGKILL')
  })
  const applied = tool('proxy-push', ['apply', '--devices', intents], plan.stdout)
  assert.equal(applied.status, 0, applied.stderr)
  assert.equal(tool('proxy-push', ['verify', '--devices', intents], plan.stdout).status, 0)

  const wanted = plan.stdout
    .split('\n')
    .filter((line) => line.includes('"kind":"proxy-entry"'))
    .map((line) => JSON.parse(line))
  for (const [index, name] of names.entries()) {
    const there: string[] = []
    for await (const line of proxies[index]?.client.lines('labels') ?? []) {
      const { label, action, target } = line as ProxyLabelRecord
      there.push(`${label} ${action} ${target}`)
    }
    const expected = wanted
      .filter(({ device }) => device === name)
      .map(({ label, behavior, attachment: at }) =>
        behavior === 'none' ? `${label} forward ${at} keep` : `${label} dynamic ${at}`,
      )
    assert.deepEqual(there.sort(), expected.sort())
    assert.ok(expected.length > 0)
  }
})
