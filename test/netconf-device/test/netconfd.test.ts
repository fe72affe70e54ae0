import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, describe, it, type TestContext } from 'node:test'
import {
  diffDevice,
  discardChanges,
  editConfig,
  getConfig,
  openNetconf,
  serializeXml,
  validate,
} from '@segchain/netconf-push'
import type { SegchainError } from '@segchain/records'
import { type Netconfd, netconfdMissing, startNetconfd } from '../src/index.js'
import { planOf, run } from './command-line.js'
import { readWithNodeNetconf } from './node-netconf.js'
import { applyDevice, elementsFor, inventoryDevice, optionsFor, silent } from './support.js'

const missing = netconfdMissing()

describe('netconfd behind OpenSSH', () => {
  let netconfd: Netconfd | undefined
  before(async () => {
    if (missing === undefined) netconfd = await startNetconfd()
  })
  after(() => netconfd?.stop())

  function peer(t: TestContext): Netconfd | undefined {
    if (netconfd === undefined) {
      if (process.env.SEGCHAIN_REQUIRE_PEERS === '1') assert.fail(missing)
      t.skip(missing)
    }
    return netconfd
  }

  function setting(server: Netconfd) {
    const device = inventoryDevice('r1', server.port, server.keyFile)
    return {
      plan: { device, elements: elementsFor('r1') },
      options: optionsFor([device], readFileSync(server.knownHostsFile, 'utf8')),
    }
  }

  it('takes the plan, and has it in running although its first ok is false', async (t) => {
    const server = peer(t)
    if (server === undefined) return
    const { plan, options } = setting(server)
    const notes: string[] = []
    const outcome = await applyDevice(plan, options, { ...silent, note: (_device, text) => notes.push(text) })
    assert.equal(outcome.error, undefined)
    assert.equal(outcome.status, 'applied')
    assert.equal(outcome.verified, true)
    t.diagnostic(`notes: ${notes.join('; ') || 'none'}`)
    assert.equal((await diffDevice(plan, options, silent)).status, 'unchanged')
  })

  it('shows the same to a client that is not ours', async (t) => {
    const server = peer(t)
    if (server === undefined) return
    const { plan, options } = setting(server)
    await applyDevice(plan, options, silent)
    const seen = await readWithNodeNetconf(server)
    assert.match(seen, /"lower_bound":16000,"upper_bound":23999/)
    assert.match(seen, /"prefix":"10.254.0.1\/32"/)
    assert.match(seen, /"start_sid":101/)
    assert.match(seen, /flex.algo.128/)
  })

  it('rejects a bad SRGB of a plan by the must of its model, and the tool says so: nothing is changed', async (t) => {
    const server = peer(t)
    if (server === undefined) return
    const { flags, bad } = withTool(server)
    // One label: `must lower-bound < upper-bound` of RFC 9020, which the device looks after.
    for (const dryRun of [['--dry-run'], []]) {
      const { code, stderr, records } = await run(['apply', ...flags, ...dryRun], bad(16_500, 1))
      assert.equal(code, 6, stderr)
      assert.match(stderr, /r1.*sr-mpls:srgb.*refused: The upper-bound must be greater than the lower-bound\./)
      assert.match(stderr, /hint: the device keeps what it had; correct the intent that the path belongs to/)
      const result = records.find(({ kind }) => kind === 'device-result')
      assert.equal(result?.status, 'failed')
      assert.match(JSON.stringify(result?.error), /"category":"rejected"/)
    }
    assert.doesNotMatch(await datastores(server), /16500/)
  })

  it('gets no SRGB above the last label: the tool says which block is wrong and why, and nothing is sent', async (t) => {
    const server = peer(t)
    if (server === undefined) return
    const { flags, bad } = withTool(server)
    // More than 20 bits: netconfd would take that.
    const tooHigh = await run(['apply', ...flags], bad(1_048_000, 8000))
    assert.equal(tooHigh.code, 4, tooHigh.stderr)
    assert.match(
      tooHigh.stderr,
      /r1.*the block at 1048000 of 8000 labels ends at 1055999, and the last label is 1048575/,
    )
    assert.doesNotMatch(await datastores(server), /1048000/)
  })

  function withTool(server: Netconfd) {
    const folder = server.keyFile.replace(/\/[^/]*$/, '')
    const devices = `${folder}/devices.yaml`
    const spec = `{address: 127.0.0.1, port: ${server.port}, user: root, dialect: ietf, keyFile: ${server.keyFile}}`
    writeFileSync(devices, `apiVersion: segchain/v1\nkind: Device\nmetadata: {name: r1}\nspec: ${spec}\n`)
    const flags = ['--devices', devices, '--known-hosts', server.knownHostsFile, '--journal', `${folder}/journal`]
    const bad = (first: number, size: number) =>
      planOf(elementsFor('r1').map((e) => (e.kind === 'segment-routing' ? { ...e, srgb: [{ first, size }] } : e)))
    return { flags, bad }
  }

  async function datastores(server: Netconfd): Promise<string> {
    const { plan, options } = setting(server)
    const { session, close } = await openNetconf(plan.device, options)
    const all = [await getConfig(session, 'running'), await getConfig(session, 'candidate')].map(serializeXml)
    await close()
    return all.join('\n')
  }

  it('rejects an SRGB whose end is before its beginning by its own must statement', async (t) => {
    const server = peer(t)
    if (server === undefined) return
    const { plan, options } = setting(server)
    const { session, close } = await openNetconf(plan.device, options)
    const bounds = '<lower-bound>16000</lower-bound><upper-bound>15000</upper-bound>'
    const urn = 'urn:ietf:params:xml:ns:yang:ietf'
    const config = `<routing xmlns="${urn}-routing"><segment-routing xmlns="${urn}-segment-routing"><sr-mpls xmlns="${urn}-segment-routing-mpls"><srgb><srgb>${bounds}</srgb></srgb></sr-mpls></segment-routing></routing>`
    try {
      await assert.rejects(
        async () => {
          await editConfig(session, 'candidate', config, true)
          await validate(session, 'candidate')
        },
        (error: SegchainError) => error.category === 'rejected' && /upper-bound must be greater/.test(error.message),
      )
      await discardChanges(session)
    } finally {
      await close()
    }
  })
})
