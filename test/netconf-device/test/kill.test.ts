import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { run, start } from './command-line.js'
import { type Network, startNetwork } from './network.js'

/** The operations of one device in a transaction, and where in it `kill -9` strikes. */
const phases: readonly [string, string, number, 'before' | 'after'][] = [
  ['it is locked', 'lock', 1, 'before'],
  ['it is read', 'get-config', 1, 'before'],
  ['it is edited', 'edit-config', 1, 'after'],
  ['it validates', 'validate', 1, 'after'],
  ['it is about to commit', 'commit', 1, 'before'],
  ['it has committed provisionally', 'commit', 1, 'after'],
  ['it is read back', 'get-config', 2, 'before'],
  ['it is about to be confirmed', 'commit', 2, 'before'],
  ['it has been confirmed', 'commit', 2, 'after'],
  ['it is saved', 'copy-config', 1, 'before'],
]

describe('kill -9', () => {
  for (const [what, operation, count, when] of phases) {
    it(`while ${what}: recover leaves all devices with everything, or none with anything`, async () => {
      const network = await startNetwork(2)
      try {
        await killAt(network, operation, count, when)
        const { code, stderr } = await run(['recover', ...network.settleFlags], '')
        assert.equal(code, 0, stderr)
        const state = network.state()
        assert.ok(state === 'yes yes' || state === 'no no', `after recover: ${state}`)
        assert.ok(
          network.devices.every((device) => !device.confirmPending()),
          'a rollback timer is left',
        )
        assert.deepEqual(network.journals(), [])
        const again = await run(['apply', ...network.flags], network.planText)
        assert.equal(again.code, 0, again.stderr)
        assert.equal(network.state(), 'yes yes')
      } finally {
        await network.stop()
      }
    })
  }

  it('SIGTERM in the middle takes everything back, and exits with 143', async () => {
    const network = await startNetwork(2)
    try {
      const { child, ended } = start(['apply', ...network.flags, '--probe', 'sleep 30'], network.planText)
      await until(() => network.devices.every((device) => device.confirmPending()))
      child.kill('SIGTERM')
      const { code } = await ended
      assert.equal(code, 143)
      assert.equal(network.state(), 'no no')
      assert.ok(network.devices.every((device) => !device.confirmPending()))
      assert.deepEqual(network.journals(), [])
    } finally {
      await network.stop()
    }
  })

  it('a transaction that is held can be confirmed by its id, once', async () => {
    const network = await startNetwork(1)
    try {
      const held = await run(['apply', ...network.flags, '--hold'], network.planText)
      assert.equal(held.code, 0, held.stderr)
      const id = /confirm (segchain-[0-9a-f]+)/.exec(held.stderr)?.[1] ?? ''
      const confirmed = await run(['confirm', id, ...network.settleFlags], '')
      assert.equal(confirmed.code, 0, confirmed.stderr)
      assert.equal(network.state(), 'yes')
      assert.equal(network.devices[0]?.confirmPending(), false)
      assert.equal((await run(['cancel', id, ...network.settleFlags], '')).code, 2)
    } finally {
      await network.stop()
    }
  })
})

/** Runs apply, and kills it when the second device is at this operation for this time. */
async function killAt(network: Network, operation: string, count: number, when: 'before' | 'after'): Promise<void> {
  const [, device] = network.devices
  let reached = false
  device?.misbehave((name, n) => {
    if (name !== operation || n !== count) return undefined
    reached = true
    return when === 'after' ? { kind: 'delay', ms: 2000, when } : { kind: 'delay', ms: 2000 }
  })
  const { child, ended } = start(['apply', ...network.flags], network.planText)
  await until(() => reached)
  // The other device gets as far as it can.
  await sleep(60)
  child.kill('SIGKILL')
  await ended
  device?.misbehave(undefined)
  // The device notices that the connection is gone.
  await sleep(60)
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if (holds()) return
    await sleep(10)
  }
  throw new Error('it did not come to that')
}
