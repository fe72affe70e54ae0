import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { run, start } from './command-line.js'
import { assertSettled, killAt, recover, until } from './kill-at.js'
import { strikeEverywhere } from './kill-courses.js'
import { startNetwork } from './network.js'

describe('kill -9 before and after every operation', () => {
  strikeEverywhere(['confirmed commit with persist-id', {}, 'well', () => true])
})

describe('kill -9', () => {
  it('while the health probe runs: the command recover undoes it', async () => {
    const network = await startNetwork(2)
    try {
      // The probe's shell is a child of the tool, and kills it.
      await start(['apply', ...network.flags, '--probe', 'kill -9 $PPID'], network.planText).ended
      assert.equal(network.state(), 'yes yes')
      assert.ok(network.devices.every((device) => device.confirmPending()))
      const { code, stderr, records } = await run(['recover', ...network.settleFlags], '')
      assert.equal(code, 0, stderr)
      assert.deepEqual(
        records.filter(({ kind }) => kind === 'device-result').map(({ status }) => status),
        ['rolled-back', 'rolled-back'],
      )
      assert.equal(network.state(), 'no no')
      await assertSettled(network)
    } finally {
      await network.stop()
    }
  })

  it('of recover itself: the next recover ends it', async () => {
    for (const when of ['before', 'after'] as const) {
      const network = await startNetwork(2)
      try {
        await killAt(network, ['apply', ...network.flags], { operation: 'commit', count: 1, when: 'after' })
        await killAt(network, ['recover', ...network.settleFlags], { operation: 'cancel-commit', count: 1, when })
        await recover(network)
        assert.equal(network.state(), 'no no')
        await assertSettled(network)
      } finally {
        await network.stop()
      }
    }
  })

  it('of confirm: the decision stands, and recover finishes it', async () => {
    const network = await startNetwork(2)
    try {
      const held = await run(['apply', ...network.flags, '--hold'], network.planText)
      const id = /confirm (segchain-[0-9a-f]+)/.exec(held.stderr)?.[1] ?? ''
      await killAt(network, ['confirm', id, ...network.settleFlags], { operation: 'commit', count: 1, when: 'before' })
      await recover(network)
      assert.equal(network.state(), 'yes yes')
      await assertSettled(network)
    } finally {
      await network.stop()
    }
  })
})

describe('SIGTERM', () => {
  it('in the middle takes everything back, and exits with 143', async () => {
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
})
