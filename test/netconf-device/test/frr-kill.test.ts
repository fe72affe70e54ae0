import assert from 'node:assert/strict'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type Device, type FrrRouter, frrMissing, startDevice, startFrr } from '../src/index.js'
import { planOf, run, start } from './command-line.js'
import { createWorkspace, elementsFor, type Workspace } from './support.js'

const missing = frrMissing()

describe('kill -9 of a transaction over FRR and a NETCONF device', () => {
  let frr: FrrRouter | undefined
  let other: Device | undefined
  let workspace: Workspace | undefined
  let flags: string[] = []
  let atFirst = ''
  before(async () => {
    if (missing !== undefined) return
    workspace = createWorkspace()
    other = await startDevice({ authorizedKeys: [workspace.publicKey] })
    frr = await startFrr()
    atFirst = frr.show('show running-config')
    const device = (name: string, spec: string) =>
      `apiVersion: segchain/v1\nkind: Device\nmetadata: {name: ${name}}\nspec: {address: 127.0.0.1, ${spec}}\n`
    const specs = [
      device(
        'r1',
        `port: ${frr.port}, user: root, dialect: frr, igpInstance: core, pathspace: ${frr.pathspace}, keyFile: ${frr.keyFile}`,
      ),
      device('r2', `port: ${other.port}, user: admin, dialect: ietf, keyFile: ${workspace.keyFile}`),
    ]
    flags = ['--devices', workspace.file('devices.yaml', specs.join('---\n'))]
    flags.push('--known-hosts', workspace.file('known_hosts', `${frr.knownHosts}\n${other.hostKeyLine}\n`))
    flags.push('--journal', join(workspace.folder, 'journal'))
    mkdirSync(join(workspace.folder, 'journal'))
  })
  after(async () => {
    await frr?.stop()
    await other?.stop()
    workspace?.remove()
  })

  const both = ['r1', 'r2'].flatMap((name) => elementsFor(name))
  // FRR 8.4 has no Flex-Algo.
  const plan = planOf(both.filter((element) => element.kind !== 'prefix-sid' || element.algorithm === 0))

  /** Which of the two have the plan. */
  function state(): string {
    const config = frr?.show('show running-config') ?? ''
    const there = [/segment-routing prefix 10\.254\.0\.1\/32/.test(config), /16000/.test(other?.running() ?? '')]
    return there.map((yes) => (yes ? 'yes' : 'no')).join(' ')
  }

  for (const phase of ['reading', 'validating', 'committing', 'reading back', 'probing', 'confirming']) {
    it(`while FRR is at "${phase}": recover leaves both with everything, or none with anything`, async (t) => {
      if (frr === undefined || other === undefined || workspace === undefined) {
        if (process.env.SEGCHAIN_REQUIRE_PEERS === '1') assert.fail(missing)
        return t.skip(missing)
      }
      const probe = phase === 'probing' ? ['--probe', 'sleep 30'] : []
      const running = start(['apply', ...flags, ...probe, '--log-level', 'debug'], plan)
      let said = ''
      running.child.stderr?.on('data', (chunk) => {
        said += chunk
        if (said.includes(`r1: ${phase}\n`)) running.child.kill('SIGKILL')
      })
      const { code, stderr } = await running.ended
      assert.equal(code, null, stderr)
      const recovered = await run(['recover', ...flags], '')
      assert.equal(recovered.code, 0, recovered.stderr)
      assert.match(state(), /^(yes yes|no no)$/)
      if (state() === 'no no') assert.equal(frr.show('show running-config'), atFirst)
      assert.equal(other.confirmPending(), false)
      const left = readdirSync(join(workspace.folder, 'journal')).filter((name) => name.endsWith('.ndjson'))
      assert.deepEqual(left, [])
      if (state() === 'no no') return
      const pruned = await run(['apply', ...flags, '--prune', '--allow-delete', '100%'], planOf([]))
      assert.equal(pruned.code, 0, pruned.stderr)
      assert.equal(state(), 'no no')
    })
  }
})
