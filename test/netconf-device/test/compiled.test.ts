import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { dialects } from '@segchain/netconf-push'
import { allCapabilities, startDevice } from '../src/index.js'
import { run } from './command-line.js'
import { createWorkspace } from './support.js'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const compiler = join(root, 'packages/sr-compiler/bin/sr-compiler.js')
const topology = join(root, 'packages/sr-compiler/test/fixtures/frr-isis-flex.topology.ndjson')

const config =
  '<configuration xmlns="http://xml.juniper.net/xnm/1.1/xnm"><system><host-name>r1</host-name></system><protocols><isis>' +
  '<interface><name>ge-0/0/1.0</name><point-to-point/></interface></isis></protocols></configuration>'
const capabilities = [
  ...allCapabilities.filter((uri) => uri.startsWith('urn:ietf:params:netconf:')),
  'http://xml.juniper.net/netconf/junos/1.0',
]

const [dialect = assert.fail()] = dialects.filter(({ name }) => name === 'junos')

it('what the compiler plans for a Junos headend is pushed to one, with its label stack, and verified', async () => {
  const workspace = createWorkspace()
  const device = await startDevice({ authorizedKeys: [workspace.publicKey], config, capabilities, dialect })
  try {
    const intents = join(workspace.folder, 'intents')
    cpSync(join(root, 'examples/cloud-gaming'), intents, { recursive: true })
    const file = join(intents, 'devices.yaml')
    const [, ...others] = readFileSync(file, 'utf8').split('---\n')
    const r1 = `apiVersion: segchain/v1
kind: Device
metadata: { name: r1 }
spec: { address: 127.0.0.1, port: ${device.port}, dialect: junos, user: admin, keyFile: ${workspace.keyFile} }
`
    writeFileSync(file, [r1, ...others].join('---\n'))
    const plan = execFileSync(
      process.execPath,
      [compiler, 'compile', intents, '--topology', topology, '--failover', 'off'],
      { encoding: 'utf8' },
    )
    const flags = ['--devices', intents, '--device', 'r1', '--journal', join(workspace.folder, 'journal')]
    const known = ['--known-hosts', workspace.file('known_hosts', `${device.hostKeyLine}\n`)]
    const applied = await run(['apply', ...flags, ...known], plan)
    assert.equal(applied.code, 0, applied.stderr)
    const result = applied.records.find(({ kind }) => kind === 'device-result')
    assert.deepEqual([result?.status, result?.verified], ['applied', true])

    const running = device.running()
    assert.match(running, /<srgb><start-label>16000<\/start-label><index-range>8000<\/index-range><\/srgb>/)
    assert.match(running, /<flex-algorithm><name>128<\/name>/)
    const policy = plan
      .split('\n')
      .filter((line) => line.includes('"kind":"sr-policy"') && line.includes('"device":"r1"'))
      .map((line) => JSON.parse(line))
    assert.equal(policy.length, 1)
    const labels: number[] = policy[0].candidatePaths[0].segmentLists[0].segments.map(
      ({ label }: { label: number }) => label,
    )
    assert.ok(labels.length > 1)
    const hops = [...running.matchAll(/<name>hop(\d+)<\/name><label>(\d+)<\/label>/g)]
    assert.deepEqual(
      hops.map(([, , label]) => Number(label)),
      labels,
    )
    assert.match(running, /<host-name>r1<\/host-name>/)

    const verified = await run(['verify', ...flags, ...known], plan)
    assert.equal(verified.code, 0, verified.stderr)
  } finally {
    await device.stop()
    workspace.remove()
  }
})
