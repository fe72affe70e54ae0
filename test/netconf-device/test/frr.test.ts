import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DevicePlan, diffDevice, runTransaction, type TransactionOptions } from '@segchain/netconf-push'
import { type FrrRouter, frrMissing, startFrr } from '../src/index.js'
import { elementsFor, inventoryDevice, optionsFor, prefixSid, silent } from './support.js'

const missing = frrMissing()
const RELOAD = '/usr/lib/frr/frr-reload.py'

describe('FRR over SSH and vtysh', () => {
  let router: FrrRouter | undefined
  before(async () => {
    if (missing === undefined) router = await startFrr()
  })
  after(() => router?.stop())

  function peer(t: TestContext): FrrRouter | undefined {
    if (router === undefined) {
      if (process.env.SEGCHAIN_REQUIRE_PEERS === '1') assert.fail(missing)
      t.skip(missing)
    }
    return router
  }

  function setting(
    frr: FrrRouter,
    changes: Partial<TransactionOptions> = {},
  ): { plan: DevicePlan; options: TransactionOptions } {
    const device = {
      ...inventoryDevice('r1', frr.port, frr.keyFile),
      dialect: 'frr',
      igpInstance: 'core',
      pathspace: frr.pathspace,
    }
    // FRR 8.4 has no Flex-Algo: SRGB, loopback and a SID of algorithm 0.
    const elements = elementsFor('r1').filter((element) => element.kind !== 'prefix-sid' || element.algorithm === 0)
    return { plan: { device, elements }, options: optionsFor([device], frr.knownHosts, changes) }
  }

  it('rolls back when the probe says no: nothing of it is left', async (t) => {
    const frr = peer(t)
    if (frr === undefined) return
    const before = frr.show('show running-config')
    let during = ''
    const { plan, options } = setting(frr, {
      probe: async () => {
        during = frr.show('show running-config')
        throw new Error('no light')
      },
    })
    const notes: string[] = []
    const watch = { ...silent, note: (_device: string, text: string) => notes.push(text) }
    const { outcomes } = await runTransaction([plan], options, watch)
    assert.equal(outcomes[0]?.error?.message, 'no light')
    const [, saved = ''] = /all that it had is in (.*)$/.exec(notes.join('\n')) ?? []
    const kept = readFileSync(saved, 'utf8')
    assert.ok(before.endsWith(kept) && /^!\nfrr version /.test(kept), 'the whole configuration is kept, to be restored')
    assert.equal(statSync(saved).mode & 0o077, 0)
    assert.match(during, /segment-routing prefix 10\.254\.0\.1\/32 index 101 no-php-flag n-flag-clear/)
    const left = frr.show('show running-config')
    assert.doesNotMatch(left, /segment-routing|10\.254/)
    assert.equal(left, before)
  })

  it('gets all that it had before a transaction back from what is kept of it, by the tool of FRR itself', async (t) => {
    const frr = peer(t)
    if (frr === undefined) return
    if (!existsSync(RELOAD)) return t.skip('frr-pythontools not installed: npm run peers')
    const before = frr.show('show running-config')
    const { plan, options } = setting(frr)
    const { outcomes } = await runTransaction([plan], options, silent)
    assert.equal(outcomes[0]?.status, 'applied')
    assert.notEqual(frr.show('show running-config'), before)
    const saved = join(options.journalFolder, 'saved', 'r1')
    execFileSync('python3', [RELOAD, '--reload', '--pathspace', frr.pathspace, saved], { stdio: 'pipe' })
    assert.equal(frr.show('show running-config'), before)
  })

  it('has the SIDs in its link-state database after apply', async (t) => {
    const frr = peer(t)
    if (frr === undefined) return
    const { plan, options } = setting(frr)
    const { outcomes } = await runTransaction([plan], options, silent)
    assert.equal(outcomes[0]?.error, undefined)
    assert.equal(outcomes[0]?.status, 'applied')
    assert.equal(outcomes[0]?.verified, true)
    assert.equal((await diffDevice(plan, options, silent)).status, 'unchanged')
    for (let tries = 0; tries < 100; tries++) {
      const database: string = frr.show('show isis database detail')
      if (/SR Prefix-SID Index: 101, Algorithm: 0, Flags: .*NO-PHP/.test(database)) break
      if (tries === 99) assert.fail(database)
      await sleep(100)
    }
    assert.match(frr.show('show isis database detail'), /Global Block Base: 16000 Range: 8000/)
  })

  it('says that it has no vtysh.conf, as its containers do, and takes the plan all the same', async (t) => {
    const frr = peer(t)
    if (frr === undefined) return
    const [file, aside] = ['vtysh.conf', 'aside'].map((name) => join('/etc/frr', frr.pathspace, name)) as [
      string,
      string,
    ]
    renameSync(file, aside)
    try {
      const { plan, options } = setting(frr)
      const { outcomes } = await runTransaction([plan], options, silent)
      assert.equal(outcomes[0]?.error, undefined)
      assert.match(frr.show('show running-config'), /segment-routing prefix 10\.254\.0\.1\/32/)
    } finally {
      renameSync(aside, file)
    }
  })

  it('replaces a SID that is another one, and says what was there', async (t) => {
    const frr = peer(t)
    if (frr === undefined) return
    const { plan, options } = setting(frr)
    const changed = { ...plan, elements: [prefixSid('r1', '10.254.0.1/32', 0, 111)] }
    const { outcomes } = await runTransaction([changed], options, silent)
    assert.equal(outcomes[0]?.status, 'applied')
    assert.match(outcomes[0]?.differences[0]?.before ?? '', /index 101/)
  })

  it('takes back what a refused command left behind, and tells what FRR said', async (t) => {
    const frr = peer(t)
    if (frr === undefined) return
    const { plan, options } = setting(frr)
    const before = frr.show('show running-config')
    // FRR 8.4 does not know SIDs of a Flex-Algo; newer ones do, and have nothing to refuse here.
    if (!/ 8\./.test(frr.show('show version'))) return t.skip('this FRR has Flex-Algo')
    const elements = [prefixSid('r1', '10.254.0.3/32', 0, 103), prefixSid('r1', '10.254.0.4/32', 128, 104)]
    const { outcomes } = await runTransaction([{ ...plan, elements }], options, silent)
    assert.equal(outcomes[0]?.error?.code, 'VTYSH')
    assert.match(outcomes[0]?.error?.message ?? '', /Unknown command/)
    assert.equal(frr.show('show running-config'), before)
  })

  it('does not make an instance of IS-IS', async (t) => {
    const frr = peer(t)
    if (frr === undefined) return
    const { plan, options } = setting(frr)
    const device = { ...plan.device, igpInstance: 'other' }
    assert.equal((await diffDevice({ ...plan, device }, options, silent)).error?.code, 'INSTANCE_MISSING')
  })
})
