import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Device, startDevice } from '../src/index.js'
import { planOf, run } from './command-line.js'
import { createWorkspace, elementsFor, type Workspace } from './support.js'

describe('netconf-push', () => {
  let workspace: Workspace
  let devices: Device[]
  let flags: string[]
  before(async () => {
    workspace = createWorkspace()
    devices = await Promise.all([0, 1].map(() => startDevice({ authorizedKeys: [workspace.publicKey] })))
    const yaml = devices.map(
      (device, index) =>
        `apiVersion: segchain/v1\nkind: Device\nmetadata: {name: r${index + 1}}\nspec: {address: 127.0.0.1, port: ${device.port}, user: admin, dialect: ietf, keyFile: ${workspace.keyFile}}\n`,
    )
    flags = [
      '--devices',
      workspace.file('devices.yaml', yaml.join('---\n')),
      '--known-hosts',
      workspace.file('known_hosts', devices.map((device) => `${device.hostKeyLine}\n`).join('')),
    ]
  })
  after(async () => {
    await Promise.all(devices.map((device) => device.stop()))
    workspace.remove()
  })

  const journal = (): string[] => ['--journal', `${workspace.folder}/journal`]
  const plan = planOf([...elementsFor('r1', 101), ...elementsFor('r2', 102)])

  it('diff shows what is missing and exits with 1', async () => {
    const { code, records } = await run(['diff', ...flags], plan)
    assert.equal(code, 1)
    assert.equal(records.filter((record) => record.kind === 'change').length > 0, true)
    assert.equal(records.at(-1)?.outcome, 'different')
  })

  it('apply --dry-run changes nothing', async () => {
    const { code, records } = await run(['apply', '--dry-run', ...flags, ...journal()], plan)
    assert.equal(code, 0)
    assert.deepEqual(
      records.filter((record) => record.kind === 'device-result').map((record) => record.status),
      ['would-change', 'would-change'],
    )
    assert.ok(devices.every((device) => !device.running().includes('srgb')))
  })

  it('apply makes it so, and after that diff exits with 0', async () => {
    const applied = await run(['apply', ...flags, ...journal()], plan)
    assert.equal(applied.code, 0, applied.stderr)
    assert.ok(devices.every((device) => device.running().includes('<lower-bound>16000</lower-bound>')))
    const after = await run(['diff', ...flags], plan)
    assert.equal(after.code, 0)
    assert.equal(after.records.at(-1)?.outcome, 'ok')
  })

  it('get shows what is there', async () => {
    const { code, records } = await run(
      ['get', '--devices', flags[1] ?? '', '--known-hosts', flags[3] ?? '', '--device', 'r1'],
      '',
    )
    assert.equal(code, 0)
    assert.ok(records.some((record) => String(record.path).includes("connected-prefix-sid[prefix='10.254.0.1/32']")))
  })

  it('refuses half a plan', async () => {
    const { code, stderr } = await run(['apply', ...flags, ...journal()], plan.split('\n').slice(0, 3).join('\n'))
    assert.equal(code, 4)
    assert.match(stderr, /cut off/)
    const skipped = await run(
      ['apply', '--on-error=skip', ...flags, ...journal()],
      plan.split('\n').slice(0, 3).join('\n'),
    )
    assert.equal(skipped.code, 4)
    assert.match(skipped.stderr, /not complete/)
  })

  it('exits with 5 when the host key is not known, and prints the line that would fix it', async () => {
    const { code, stderr } = await run(['diff', ...flags.slice(0, 3), workspace.file('empty', '')], plan)
    assert.equal(code, 5)
    assert.ok(stderr.includes(devices[0]?.hostKeyLine ?? '?'))
  })

  it('exits with 2 when the plan has a router that is no Device', async () => {
    const { code, stderr } = await run(['diff', ...flags], planOf(elementsFor('r9')))
    assert.equal(code, 2)
    assert.match(stderr, /r9/)
  })
})
