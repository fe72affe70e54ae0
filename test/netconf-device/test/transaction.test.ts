import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import {
  type DeviceOutcome,
  openNetconf,
  recoverTransaction,
  runTransaction,
  unfinishedTransactions,
} from '@segchain/netconf-push'
import { allCapabilities, type FaultPlan } from '../src/index.js'
import { type Network, startNetwork } from './network.js'
import { silent } from './support.js'

async function within(
  count: number,
  work: (network: Network) => Promise<void>,
  capabilities?: readonly string[],
): Promise<void> {
  const network = await startNetwork(count, capabilities === undefined ? {} : { capabilities })
  try {
    await work(network)
  } finally {
    await network.stop()
  }
}

const statuses = (outcomes: readonly DeviceOutcome[]): string => outcomes.map((outcome) => outcome.status).join(' ')

function without(...words: readonly string[]): string[] {
  return allCapabilities.filter((uri) => !words.some((word) => uri.includes(word)))
}

describe('a network-wide transaction', () => {
  it('has it on all devices, with no timer left and no journal', () =>
    within(3, async (network) => {
      const { outcomes } = await runTransaction(network.plans, network.options(), silent)
      assert.equal(statuses(outcomes), 'applied applied applied')
      assert.equal(network.state(), 'yes yes yes')
      assert.ok(network.devices.every((device) => !device.confirmPending()))
      assert.deepEqual(network.journals(), [])
    }))

  const faults: readonly [string, FaultPlan, RegExp][] = [
    [
      'is gone at the hello',
      (op) => (op === 'hello' ? { kind: 'drop', when: 'before' } : undefined),
      /CONNECTION_LOST/,
    ],
    [
      'does not accept the lock',
      (op) => (op === 'lock' ? { kind: 'error', tag: 'lock-denied', message: 'locked' } : undefined),
      /RPC_LOCK_DENIED/,
    ],
    [
      'is gone while it is read',
      (op) => (op === 'get-config' ? { kind: 'drop', when: 'before' } : undefined),
      /CONNECTION_LOST/,
    ],
    [
      'is gone at the edit',
      (op) => (op === 'edit-config' ? { kind: 'drop', when: 'after' } : undefined),
      /CONNECTION_LOST/,
    ],
    [
      'rejects the edit',
      (op) => (op === 'edit-config' ? { kind: 'error', tag: 'invalid-value', message: 'no' } : undefined),
      /RPC_INVALID_VALUE/,
    ],
    [
      'rejects it in validation',
      (op) => (op === 'validate' ? { kind: 'error', tag: 'operation-failed', message: 'no' } : undefined),
      /RPC_OPERATION_FAILED/,
    ],
    [
      'is gone before the commit',
      (op, n) => (op === 'commit' && n === 1 ? { kind: 'drop', when: 'before' } : undefined),
      /CONNECTION_LOST/,
    ],
    [
      'is gone after the commit',
      (op, n) => (op === 'commit' && n === 1 ? { kind: 'drop', when: 'after' } : undefined),
      /CONNECTION_LOST/,
    ],
    [
      'rejects the commit',
      (op) => (op === 'commit' ? { kind: 'error', tag: 'operation-failed', message: 'no' } : undefined),
      /RPC_OPERATION_FAILED/,
    ],
    [
      'is gone at the read-back',
      (op, n) => (op === 'get-config' && n === 2 ? { kind: 'drop', when: 'before' } : undefined),
      /CONNECTION_LOST/,
    ],
    ['answers another message', (op) => (op === 'edit-config' ? { kind: 'wrong-message-id' } : undefined), /PROTOCOL/],
    [
      'answers with malformed XML',
      (op) => (op === 'validate' ? { kind: 'reply', text: '<rpc-reply><ok></rpc-reply>' } : undefined),
      /XML_MALFORMED/,
    ],
    [
      'answers with a document type declaration',
      (op) =>
        op === 'get-config'
          ? { kind: 'reply', text: '<!DOCTYPE x [<!ENTITY a "aaaa">]><rpc-reply>&a;</rpc-reply>' }
          : undefined,
      /XML_DOCTYPE/,
    ],
    [
      'says ok and commits nothing',
      (op) => (op === 'commit' ? { kind: 'ok-without-effect' } : undefined),
      /COMMIT_WITHOUT_EFFECT/,
    ],
  ]
  for (const [what, plan, code] of faults) {
    it(`leaves no device with anything when one ${what}`, () =>
      within(2, async (network) => {
        network.devices[1]?.misbehave(plan)
        const { outcomes } = await runTransaction(network.plans, network.options(), silent)
        assert.match(outcomes[1]?.error?.code ?? '', code)
        assert.equal(network.state(), 'no no')
        assert.ok(network.devices.every((device) => !device.confirmPending()))
        assert.deepEqual(network.journals(), [])
        network.devices[1]?.misbehave(undefined)
        const again = await runTransaction(network.plans, network.options(), silent)
        assert.equal(statuses(again.outcomes), 'applied applied')
      }))
  }

  it('goes on without a device that fails before anything is committed, when told so', () =>
    within(3, async (network) => {
      network.devices[1]?.misbehave((op) =>
        op === 'validate' ? { kind: 'error', tag: 'operation-failed', message: 'no' } : undefined,
      )
      const { outcomes } = await runTransaction(network.plans, network.options({ keepGoing: true }), silent)
      assert.equal(statuses(outcomes), 'applied failed applied')
      assert.equal(network.state(), 'yes no yes')
    }))

  it('gives a device that is too slow up, and takes everything back', () =>
    within(2, async (network) => {
      network.devices[1]?.misbehave((op) => (op === 'validate' ? { kind: 'delay', ms: 3000 } : undefined))
      const timeouts = { connectMs: 5000, rpcMs: 200, commitMs: 5000 }
      const { outcomes } = await runTransaction(network.plans, network.options({ timeouts }), silent)
      assert.equal(outcomes[1]?.error?.code, 'TIMEOUT')
      assert.equal(network.state(), 'no no')
    }))

  it('rolls back on all devices when the probe says no', () =>
    within(2, async (network) => {
      let seen = ''
      const probe = async (): Promise<void> => {
        seen = network.state()
        throw new Error('no light')
      }
      const { outcomes } = await runTransaction(network.plans, network.options({ probe }), silent)
      assert.equal(seen, 'yes yes')
      assert.equal(statuses(outcomes), 'failed failed')
      assert.equal(network.state(), 'no no')
      assert.ok(network.devices.every((device) => !device.confirmPending()))
    }))

  it('notices another transaction that has begun meanwhile on one of its devices, and leaves everything to that', () =>
    within(2, async (network) => {
      const options = network.options()
      const id = 'segchain-0123456789ab'
      const device = { name: 'r2', mode: 'plain', elements: [], before: [], undo: '' }
      const begin = { entry: 'begin', id, pid: 1, time: options.now(), confirmTimeoutS: 60, devices: [device] }
      // While the devices are compared: when we began, there was nobody else.
      const review = (): void => {
        mkdirSync(options.journalFolder, { recursive: true })
        writeFileSync(join(options.journalFolder, `${id}.ndjson`), `${JSON.stringify(begin)}\n`)
      }
      await assert.rejects(runTransaction(network.plans, { ...options, review }, silent), {
        category: 'stale',
        code: 'TRANSACTION_UNFINISHED',
      })
      assert.equal(network.state(), 'no no')
      assert.deepEqual(network.journals(), [`${id}.ndjson`])
      assert.ok(network.devices.every(({ operations }) => !operations.includes('commit')))
    }))

  it('takes everything back when there is no time left to confirm, whatever the probe says', () =>
    within(2, async (network) => {
      // Well in the end, and too late: without a look at the clock, some devices would have undone it and others not.
      const probe = (signal: AbortSignal) =>
        new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
      const { outcomes } = await runTransaction(network.plans, network.options({ probe, confirmTimeoutS: 1 }), silent)
      assert.deepEqual(
        outcomes.map(({ error }) => error?.code),
        ['CONFIRM_TOO_LATE', 'CONFIRM_TOO_LATE'],
      )
      assert.equal(network.state(), 'no no')
      assert.ok(network.devices.every((device) => !device.confirmPending()))
      assert.deepEqual(network.journals(), [])
    }))

  it('takes everything back when it is told to stop in the middle', () =>
    within(2, async (network) => {
      const controller = new AbortController()
      const probe = async (): Promise<void> => controller.abort()
      const { outcomes } = await runTransaction(
        network.plans,
        network.options({ probe, signal: controller.signal }),
        silent,
      )
      assert.equal(statuses(outcomes), 'rolled-back rolled-back')
      assert.equal(network.state(), 'no no')
    }))

  it('finishes by recover what could not be confirmed after the decision', () =>
    within(2, async (network) => {
      network.devices[1]?.misbehave((op, n) =>
        op === 'commit' && n === 2 ? { kind: 'drop', when: 'before' } : undefined,
      )
      const { outcomes } = await runTransaction(network.plans, network.options(), silent)
      assert.equal(statuses(outcomes), 'applied failed')
      assert.equal(network.journals().length, 1)
      await assert.rejects(runTransaction(network.plans, network.options(), silent), { code: 'TRANSACTION_UNFINISHED' })
      const [state] = await unfinishedTransactions(network.options().journalFolder)
      assert.ok(state !== undefined)
      const recovered = await recoverTransaction(state, network.options(), silent)
      assert.equal(statuses(recovered), 'applied')
      assert.equal(network.state(), 'yes yes')
      assert.ok(network.devices.every((device) => !device.confirmPending()))
      assert.deepEqual(network.journals(), [])
    }))

  it('is held until confirm or cancel decides', () =>
    within(2, async (network) => {
      for (const decision of ['cancel', 'confirm'] as const) {
        const { held } = await runTransaction(network.plans, network.options({ hold: true }), silent)
        assert.equal(held, true)
        assert.ok(network.devices.every((device) => device.confirmPending()))
        const [state] = await unfinishedTransactions(network.options().journalFolder)
        assert.ok(state !== undefined)
        await recoverTransaction(state, network.options(), silent, decision)
        assert.equal(network.state(), decision === 'confirm' ? 'yes yes' : 'no no')
        assert.ok(network.devices.every((device) => !device.confirmPending()))
      }
    }))

  it('that is confirmed when the devices have undone it already is applied again, and that is told', () =>
    within(2, async (network) => {
      const { held, id } = await runTransaction(network.plans, network.options({ hold: true }), silent)
      assert.equal(held, true)
      // As their timers would, later.
      for (const { device } of network.plans) {
        const { session, close } = await openNetconf(device, network.options())
        await session.ok('cancel-commit', `<cancel-commit><persist-id>${id}</persist-id></cancel-commit>`)
        await close()
      }
      assert.equal(network.state(), 'no no')
      const [state] = await unfinishedTransactions(network.options().journalFolder)
      assert.ok(state !== undefined)
      const notes: string[] = []
      const watch = { ...silent, note: (device: string, text: string) => notes.push(`${device} ${text}`) }
      await recoverTransaction(state, network.options(), watch, 'confirm')
      assert.equal(network.state(), 'yes yes')
      assert.match(notes.sort().join('; '), /^r1 does not have it any more .* applied again; r2 does not have it/)
    }))

  for (const [what, capabilities] of [
    ['only the confirmed commit of RFC 4741', without('confirmed-commit:1.1')],
    ['no confirmed commit', without('confirmed-commit')],
    ['no candidate', without('confirmed-commit', 'candidate', 'validate')],
    ['NETCONF 1.0 and no startup', without('base:1.1', 'startup', 'rollback-on-error')],
  ] as const) {
    it(`does all or nothing on devices that have ${what}`, () =>
      within(
        2,
        async (network) => {
          const probe = async (): Promise<void> => {
            throw new Error('no light')
          }
          const failed = await runTransaction(network.plans, network.options({ probe }), silent)
          assert.deepEqual(
            failed.outcomes.map((outcome) => outcome.error?.message),
            ['no light', 'no light'],
          )
          assert.equal(network.state(), 'no no')
          assert.doesNotMatch(network.devices[0]?.running() ?? '', /<name>lo1<|connected-prefix-sid>/)
          const { outcomes } = await runTransaction(network.plans, network.options(), silent)
          assert.equal(statuses(outcomes), 'applied applied')
          assert.equal(network.state(), 'yes yes')
          assert.ok(network.devices.every((device) => !device.confirmPending()))
        },
        capabilities,
      ))
  }

  it('reads a reply of 20 MB', () =>
    within(1, async (network) => {
      network.devices[0]?.misbehave((op) => (op === 'get-config' ? { kind: 'huge', bytes: 20_000_000 } : undefined))
      const { outcomes } = await runTransaction(network.plans, network.options(), silent)
      assert.equal(statuses(outcomes), 'applied')
    }))
})
