import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { recoverTransaction, runTransaction, unfinishedTransactions } from '@segchain/netconf-push'
import type { DeviceOptions } from '../src/index.js'
import { start } from './command-line.js'
import { type Network, startNetwork } from './network.js'
import { silent } from './support.js'

/** An operation of a device by its name and its number, and where in it `kill -9` strikes. */
export interface KillPoint {
  readonly operation: string
  readonly count: number
  readonly when: 'before' | 'after'
}

/** Before and after every operation of the second device, in a transaction that is not disturbed. */
export async function killPoints(options: Partial<DeviceOptions>, probe: 'well' | 'ill'): Promise<KillPoint[]> {
  const network = await startNetwork(2, options)
  try {
    const ill = async (): Promise<void> => {
      throw new Error('no light')
    }
    await runTransaction(network.plans, network.options(probe === 'well' ? {} : { probe: ill }), silent)
    const counts = new Map<string, number>()
    return (network.devices[1]?.operations ?? []).flatMap((operation) => {
      const count = (counts.get(operation) ?? 0) + 1
      counts.set(operation, count)
      return (['before', 'after'] as const).map((when) => ({ operation, count, when }))
    })
  } finally {
    await network.stop()
  }
}

/** Runs a command of the tool, and kills it when a device is at this operation for this time. */
export async function killAt(
  network: Network,
  args: readonly string[],
  { operation, count, when }: KillPoint,
  at = 1,
): Promise<void> {
  const device = network.devices[at]
  let reached = false
  let seen = 0
  device?.misbehave((name) => {
    if (name !== operation || ++seen !== count) return undefined
    reached = true
    return when === 'after' ? { kind: 'delay', ms: 3000, when } : { kind: 'delay', ms: 3000 }
  })
  const { child, ended } = start(args, network.planText)
  await until(() => reached)
  // The other device gets as far as it can.
  await sleep(60)
  child.kill('SIGKILL')
  await ended
  device?.misbehave(undefined)
  // The device notices that the connection is gone.
  await sleep(60)
}

/** Ends what was left, in this process. */
export async function recover(network: Network): Promise<void> {
  for (const state of await unfinishedTransactions(network.options().journalFolder)) {
    const outcomes = await recoverTransaction(state, network.options(), silent)
    for (const { error } of outcomes) assert.equal(error, undefined)
  }
}

/** All or nothing, no timer, no journal; and a new transaction goes through. */
export async function assertSettled(network: Network): Promise<void> {
  const state = network.state()
  assert.ok(state === 'yes yes' || state === 'no no', `after recover: ${state}`)
  assert.ok(
    network.devices.every((device) => !device.confirmPending()),
    'a rollback timer is left',
  )
  assert.deepEqual(network.journals(), [])
  const { outcomes } = await runTransaction(network.plans, network.options(), silent)
  for (const { error } of outcomes) assert.equal(error, undefined)
  assert.equal(network.state(), 'yes yes')
}

export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    if (holds()) return
    await sleep(10)
  }
  throw new Error('it did not come to that')
}
