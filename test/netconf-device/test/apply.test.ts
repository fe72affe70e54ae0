import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { diffDevice } from '@segchain/netconf-push'
import { baseConfig, type Device, startDevice } from '../src/index.js'
import {
  applyDevice,
  createWorkspace,
  elementsFor,
  inventoryDevice,
  optionsFor,
  prefixSid,
  silent,
  type Workspace,
} from './support.js'

describe('applying a plan to a device', () => {
  let workspace: Workspace
  let device: Device
  before(() => {
    workspace = createWorkspace()
  })
  after(() => workspace.remove())

  async function withDevice(work: () => Promise<void>, config = baseConfig()): Promise<void> {
    device = await startDevice({ authorizedKeys: [workspace.publicKey], config })
    try {
      await work()
    } finally {
      await device.stop()
    }
  }

  function plan(elements = elementsFor('r1')) {
    return { device: inventoryDevice('r1', device.port, workspace.keyFile), elements }
  }

  function options(dryRun = false) {
    return optionsFor([plan().device], device.hostKeyLine, { dryRun })
  }

  it('commits what is missing, reads it back, and finds nothing to do the second time', () =>
    withDevice(async () => {
      const first = await applyDevice(plan(), options(), silent)
      assert.equal(first.error, undefined)
      assert.equal(first.status, 'applied')
      assert.equal(first.verified, true)
      assert.match(device.running(), /<lower-bound>16000<\/lower-bound><upper-bound>23999<\/upper-bound>/)
      assert.match(device.running(), /segchain-prefix-sid-algorithms|flex-algo-128/)
      const second = await applyDevice(plan(), options(), silent)
      assert.equal(second.status, 'unchanged')
      assert.equal((await diffDevice(plan(), options(), silent)).status, 'unchanged')
    }))

  it('leaves alone what the plan does not name', () =>
    withDevice(async () => {
      await applyDevice(plan([prefixSid('r1', '192.0.2.1/32', 0, 7)]), options(), silent)
      await applyDevice(plan(), options(), silent)
      assert.match(device.running(), /192\.0\.2\.1\/32/)
    }))

  it('replaces an SRGB that is another one, and says what was there', () =>
    withDevice(
      async () => {
        const outcome = await applyDevice(plan(), options(), silent)
        assert.equal(outcome.status, 'applied')
        assert.doesNotMatch(device.running(), /17000/)
        const srgb = outcome.differences.find((difference) => difference.path.endsWith('/srgb'))
        assert.equal(srgb?.operation, 'replace')
        assert.match(srgb?.before ?? '', /17000/)
      },
      baseConfig().replace(
        '</routing>',
        '<segment-routing xmlns="urn:ietf:params:xml:ns:yang:ietf-segment-routing"><sr-mpls xmlns="urn:ietf:params:xml:ns:yang:ietf-segment-routing-mpls"><srgb><srgb><lower-bound>17000</lower-bound><upper-bound>17999</upper-bound></srgb></srgb></sr-mpls></segment-routing></routing>',
      ),
    ))

  it('changes nothing in a dry run, and lets the device validate', () =>
    withDevice(async () => {
      const outcome = await applyDevice(plan(), options(true), silent)
      assert.equal(outcome.status, 'would-change')
      assert.equal(outcome.verified, true)
      assert.doesNotMatch(device.running(), /sr-mpls/)
      assert.ok(device.operations.includes('validate'))
      assert.ok(!device.operations.includes('commit'))
    }))

  it('catches a device that says ok to every commit and does nothing', () =>
    withDevice(async () => {
      device.misbehave((operation) => (operation === 'commit' ? { kind: 'ok-without-effect' } : undefined))
      const outcome = await applyDevice(plan(), options(), silent)
      assert.equal(outcome.status, 'failed')
      assert.equal(outcome.error?.code, 'COMMIT_WITHOUT_EFFECT')
    }))

  it('commits once more when only the commit after a validate had no effect', () =>
    withDevice(async () => {
      device.misbehave((operation, count) =>
        operation === 'commit' && count === 1 ? { kind: 'ok-without-effect' } : undefined,
      )
      const notes: string[] = []
      const outcome = await applyDevice(plan(), options(), { ...silent, note: (_device, text) => notes.push(text) })
      assert.equal(outcome.status, 'applied')
      assert.equal(notes.length, 1)
    }))

  it('refuses to invent an instance of the IGP that the device does not have', () =>
    withDevice(async () => {
      const outcome = await applyDevice(plan(), options(), silent)
      assert.equal(outcome.error?.code, 'INSTANCE_MISSING')
    }, baseConfig('other')))

  it('refuses a host key that is not known, with the line that would make it known', () =>
    withDevice(async () => {
      const outcome = await diffDevice(plan(), { ...options(), knownHosts: [] }, silent)
      assert.equal(outcome.error?.code, 'HOST_KEY_UNKNOWN')
      assert.ok(outcome.error?.hint?.includes(device.hostKeyLine))
    }))

  it('says an SRGB that the device rejects as an error of the device, and changes nothing', () =>
    withDevice(async () => {
      device.misbehave((operation) =>
        operation === 'validate' ? { kind: 'error', tag: 'operation-failed', message: 'no room' } : undefined,
      )
      const outcome = await applyDevice(plan(), options(), silent)
      assert.equal(outcome.error?.category, 'rejected')
      assert.match(outcome.error?.message ?? '', /no room/)
      assert.doesNotMatch(device.running(), /sr-mpls/)
    }))

  it('refuses before anything is sent when the device lacks the identities of Flex-Algo SIDs', () =>
    withDevice(async () => {
      await device.stop()
      device = await startDevice({
        authorizedKeys: [workspace.publicKey],
        capabilities: [
          'urn:ietf:params:netconf:base:1.0',
          'urn:ietf:params:netconf:capability:candidate:1.0',
          'urn:ietf:params:xml:ns:yang:ietf-segment-routing-mpls?module=ietf-segment-routing-mpls&revision=2021-05-26',
        ],
      })
      const outcome = await applyDevice(plan([prefixSid('r1', '192.0.2.1/32', 128, 7)]), options(), silent)
      assert.equal(outcome.error?.code, 'NOT_EXPRESSIBLE')
      assert.deepEqual(device.operations, ['close-session'])
    }))
})
