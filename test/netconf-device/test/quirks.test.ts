import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type DeviceOutcome, openNetconf, runTransaction, type Watch } from '@segchain/netconf-push'
import { allCapabilities, type DeviceOptions } from '../src/index.js'
import { assertSettled, recover } from './kill-at.js'
import { type Network, startNetwork } from './network.js'
import { silent } from './support.js'

const withoutPersist = allCapabilities.filter((uri) => !uri.includes('confirmed-commit:1.1'))

/** Confirmed commit as Junos has it: no persist-id, a timer that outlives the session, `commit check` confirms. */
const junos: Partial<DeviceOptions> = {
  capabilities: withoutPersist,
  quirks: { timerOutlivesSession: true, validateConfirms: true, commitResults: true },
}

async function within(options: Partial<DeviceOptions>, work: (network: Network) => Promise<void>): Promise<void> {
  const network = await startNetwork(2, options)
  try {
    await work(network)
    assert.ok(
      network.devices.every((device) => !device.confirmPending()),
      'a rollback timer is left',
    )
    assert.deepEqual(network.journals(), [])
  } finally {
    await network.stop()
  }
}

const statuses = (outcomes: readonly DeviceOutcome[]): string => outcomes.map(({ status }) => status).join(' ')
const noLight = async (): Promise<void> => {
  throw new Error('no light')
}

describe('a failed confirmed commit that leaves its timer running', () => {
  for (const [mode, options] of [
    ['with persist-id', {}],
    ['without persist-id', { capabilities: withoutPersist }],
    ['of Junos', junos],
  ] as const) {
    for (const applied of [true, false]) {
      it(`is taken back, timer and all: ${mode}, ${applied ? 'in force' : 'not in force'}`, () =>
        within(options, async (network) => {
          network.devices[1]?.misbehave((op, n) =>
            op === 'commit' && n === 1 ? { kind: 'fails-armed', applied } : undefined,
          )
          const { outcomes } = await runTransaction(network.plans, network.options(), silent)
          assert.equal(outcomes[1]?.error?.code, 'RPC_OPERATION_FAILED')
          assert.equal(network.state(), 'no no')
        }))
    }
  }
})

describe('confirmed commit of Junos', () => {
  it('is confirmed by the next commit, and no timer is left', () =>
    within(junos, async (network) => {
      const { outcomes } = await runTransaction(network.plans, network.options(), silent)
      assert.equal(statuses(outcomes), 'applied applied')
      assert.equal(network.state(), 'yes yes')
    }))

  it('is never followed by a validation, which would confirm it', () =>
    within(junos, async (network) => {
      await runTransaction(network.plans, network.options({ probe: noLight }), silent)
      for (const { operations } of network.devices) {
        assert.ok(operations.lastIndexOf('validate') < operations.indexOf('commit'))
      }
    }))

  it('is undone by a commit of what was there, which ends the timer too', () =>
    within(junos, async (network) => {
      const { outcomes } = await runTransaction(network.plans, network.options({ probe: noLight }), silent)
      assert.equal(statuses(outcomes), 'failed failed')
      assert.equal(network.state(), 'no no')
    }))

  it('cannot be held, and that is said before anything is sent', () =>
    within(junos, async (network) => {
      const { outcomes } = await runTransaction(network.plans, network.options({ hold: true }), silent)
      assert.equal(outcomes[0]?.error?.code, 'HOLD_IMPOSSIBLE')
      assert.ok(network.devices.every(({ operations }) => !operations.includes('edit-config')))
    }))
})

describe('a rollback', () => {
  it('that a device says ok to and does not do is noticed, and left to recover', async () => {
    const network = await startNetwork(2)
    try {
      network.devices[1]?.misbehave((op) => (op === 'cancel-commit' ? { kind: 'ok-without-effect' } : undefined))
      await runTransaction(network.plans, network.options({ probe: noLight }), silent)
      assert.equal(network.state(), 'no yes')
      assert.equal(network.journals().length, 1)
      network.devices[1]?.misbehave(undefined)
      await recover(network)
      await assertSettled(network)
    } finally {
      await network.stop()
    }
  })
})

/** Refuses the second lock, that of running. */
const refuseRunning = (tag: string, text?: string) => (op: string, n: number) =>
  op === 'lock' && n === 2
    ? text === undefined
      ? ({ kind: 'error', tag, message: 'syntax error' } as const)
      : ({ kind: 'reply', text } as const)
    : undefined

// source: what users of ansible's netconf_get report of Junos (a syntax error), IOS XR and a third device; for a lock
// that is denied to its own holder, Nokia's System Management Guide for SR OS 22.7, <lock>
describe('a device that cannot lock running', () => {
  const writable = [...allCapabilities, 'urn:ietf:params:netconf:capability:writable-running:1.0']

  for (const [tag, capabilities, told] of [
    ['operation-failed', withoutPersist, []],
    ['operation-not-supported', allCapabilities, []],
    ['operation-not-supported', writable, ['r1: lock of running: syntax error']],
  ] as const) {
    it(`is held by the lock of its candidate (${tag})${told.length > 0 ? ', and the operator told that running can be edited' : ''}`, async () => {
      const network = await startNetwork(1, { capabilities })
      try {
        const [device] = network.devices
        device?.misbehave(refuseRunning(tag))
        const warnings: string[] = []
        const options = network.options({
          onWarning: (name, operation, { message }) => warnings.push(`${name}: ${operation}: ${message}`),
        })
        const { outcomes } = await runTransaction(network.plans, options, silent)
        assert.equal(statuses(outcomes), 'applied')
        assert.equal(network.state(), 'yes')
        assert.deepEqual(warnings, told)
        assert.equal(device?.operations.filter((op) => op === 'unlock').length, 1)
      } finally {
        await network.stop()
      }
    })
  }

  for (const [what, info, told] of [
    ['and says that we hold it', (id: string) => `<error-info><session-id>${id}</session-id></error-info>`, 0],
    ['and does not say who holds it', () => '', 1],
  ] as const) {
    it(`as its candidate is locked, ${what}`, async () => {
      const network = await startNetwork(1)
      try {
        const [device] = network.devices
        const [plan] = network.plans
        assert.ok(plan !== undefined)
        // The session of the transaction is the next one.
        const before = await openNetconf(plan.device, network.options())
        const own = String(Number(before.session.sessionId) + 1)
        await before.close()
        const denied = `<rpc-reply xmlns="urn:ietf:params:xml:ns:netconf:base:1.0" message-id="{id}"><rpc-error><error-type>protocol</error-type><error-tag>lock-denied</error-tag><error-severity>error</error-severity>${info(own)}</rpc-error></rpc-reply>`
        device?.misbehave(refuseRunning('', denied))
        const warnings: string[] = []
        const options = network.options({ onWarning: (_name, operation) => warnings.push(operation) })
        const { outcomes } = await runTransaction(network.plans, options, silent)
        assert.equal(outcomes[0]?.error, undefined)
        assert.equal(network.state(), 'yes')
        assert.equal(warnings.length, told)
      } finally {
        await network.stop()
      }
    })
  }

  it('is refused where there is no candidate, or where the user may not', async () => {
    const plain = allCapabilities.filter((uri) => !/candidate|confirmed/.test(uri))
    for (const [capabilities, tag] of [
      [plain, 'operation-not-supported'],
      [allCapabilities, 'access-denied'],
    ] as const) {
      const network = await startNetwork(1, { capabilities })
      try {
        const last = capabilities === plain ? 1 : 2
        network.devices[0]?.misbehave((op, n) =>
          op === 'lock' && n === last ? { kind: 'error', tag, message: 'no' } : undefined,
        )
        const { outcomes } = await runTransaction(network.plans, network.options(), silent)
        assert.equal(outcomes[0]?.error?.code, `RPC_${tag.toUpperCase().replaceAll('-', '_')}`)
        assert.equal(network.state(), 'no')
      } finally {
        await network.stop()
      }
    }
  })
})

describe('a device that does not save', () => {
  it('keeps what is in force, and says that it is not saved', async () => {
    const network = await startNetwork(1)
    try {
      network.devices[0]?.misbehave((op) =>
        op === 'copy-config' ? { kind: 'error', tag: 'access-denied', message: 'not you' } : undefined,
      )
      const troubles: string[] = []
      const watch: Watch = { ...silent, trouble: (_device, error) => troubles.push(error.code) }
      const { outcomes } = await runTransaction(network.plans, network.options(), watch)
      assert.equal(statuses(outcomes), 'applied')
      assert.deepEqual(troubles, ['NOT_SAVED'])
      assert.deepEqual(network.journals(), [])
    } finally {
      await network.stop()
    }
  })
})

describe('commits', () => {
  it('of devices without confirmed commit go last, and their operators are told', async () => {
    const order: string[] = []
    const note = (network: Network) =>
      network.devices.forEach((device, index) => {
        device.misbehave((op) => {
          if (op === 'commit') order.push(`r${index + 1}`)
          return undefined
        })
      })
    const plain = await startNetwork(1, { capabilities: allCapabilities.filter((uri) => !uri.includes('confirmed')) })
    const persistent = await startNetwork(1)
    try {
      const [first] = plain.plans
      const [second] = persistent.plans
      assert.ok(first !== undefined && second !== undefined)
      note(plain)
      persistent.devices[0]?.misbehave((op) => {
        if (op === 'commit') order.push('confirmed')
        return undefined
      })
      const last = { ...second, device: { ...second.device, name: 'r2' } }
      const known = [...plain.options().knownHosts, ...persistent.options().knownHosts]
      const notes: string[] = []
      const { outcomes } = await runTransaction(
        [first, { ...last, elements: last.elements.map((element) => ({ ...element, device: 'r2', step: 9 })) }],
        { ...plain.options(), knownHosts: known },
        { ...silent, note: (device, text) => notes.push(`${device}: ${text}`) },
      )
      assert.equal(statuses(outcomes), 'applied applied')
      assert.deepEqual(order.slice(0, 2), ['confirmed', 'r1'])
      assert.match(notes.join('\n'), /^r1: has no confirmed commit: it goes last/)
    } finally {
      await Promise.all([plain.stop(), persistent.stop()])
    }
  })

  it('of each step of the plan are there before the next step begins (make before break)', async () => {
    const network = await startNetwork(3)
    try {
      const order: string[] = []
      network.devices.forEach((device, index) => {
        device.misbehave((op, n) => {
          if (op === 'commit' && n === 1) order.push(`r${index + 1}`)
          return undefined
        })
      })
      const steps = [3, 1, 2]
      const plans = network.plans.map((plan, index) => ({
        ...plan,
        elements: plan.elements.map((element) => ({ ...element, step: steps[index] ?? 1 })),
      }))
      await runTransaction(plans, network.options(), silent)
      assert.deepEqual(order, ['r2', 'r3', 'r1'])
    } finally {
      await network.stop()
    }
  })
})
