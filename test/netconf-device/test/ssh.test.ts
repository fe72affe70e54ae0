import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { diffDevice, openNetconf, runTransaction, type TransactionOptions } from '@segchain/netconf-push'
import { type Device, startDevice } from '../src/index.js'
import { startAgent } from './agent.js'
import { startNetwork } from './network.js'
import { startStallingProxy } from './stalling-proxy.js'
import { createWorkspace, elementsFor, inventoryDevice, optionsFor, silent, type Workspace } from './support.js'

describe('SSH', () => {
  let workspace: Workspace
  let device: Device
  before(async () => {
    workspace = createWorkspace()
    device = await startDevice({ authorizedKeys: [workspace.publicKey], password: 'cisco' })
  })
  after(async () => {
    await device.stop()
    workspace.remove()
  })

  function outcomeWith(changes: Record<string, unknown>, options: Partial<TransactionOptions> = {}) {
    const { keyFile: _, ...rest } = inventoryDevice('r1', device.port, workspace.keyFile)
    const reached = { ...rest, ...changes }
    const plan = { device: reached, elements: elementsFor('r1') }
    return diffDevice(plan, { ...optionsFor([plan.device], device.hostKeyLine), ...options }, silent)
  }

  it('logs in with a key that only the agent has', async () => {
    const agent = join(workspace.folder, 'agent.sock')
    const running = await startAgent(agent, workspace.keyFile)
    try {
      assert.equal((await outcomeWith({}, { agent })).error, undefined)
    } finally {
      await running.stop()
    }
  })

  it('logs in with the key file when the agent has no key that is accepted, or is not there', async () => {
    const other = createWorkspace()
    const agent = join(workspace.folder, 'other.sock')
    const running = await startAgent(agent, other.keyFile)
    try {
      assert.equal((await outcomeWith({ keyFile: workspace.keyFile }, { agent })).error, undefined)
    } finally {
      await running.stop()
      other.remove()
    }
    assert.equal((await outcomeWith({ keyFile: workspace.keyFile }, { agent })).error, undefined)
  })

  it('logs in with a password from a file, and never says it', async () => {
    const passwordFile = workspace.file('password', 'cisco\n')
    assert.equal((await outcomeWith({ passwordFile })).error, undefined)
    const wrong = await outcomeWith({ passwordFile: workspace.file('wrong', 'geheim77\n') })
    assert.equal(wrong.error?.code, 'AUTHENTICATION')
    assert.doesNotMatch(JSON.stringify(wrong.error), /geheim77/)
  })

  it('says that there is nothing to log in with, and that a key is not accepted', async () => {
    assert.equal((await outcomeWith({})).error?.code, 'NO_CREDENTIALS')
    const other = createWorkspace()
    assert.equal((await outcomeWith({ keyFile: other.keyFile })).error?.code, 'AUTHENTICATION')
    other.remove()
  })

  it('has no subsystem netconf, refuses, and has no name: each is told apart', async () => {
    assert.equal((await outcomeWith({ keyFile: workspace.keyFile, port: 1 })).error?.code, 'REFUSED')
    const nowhere = await outcomeWith({ keyFile: workspace.keyFile, address: 'no-such-host.invalid' })
    assert.match(nowhere.error?.code ?? '', /^(NAME|UNREACHABLE)$/)
  })

  it('gives up on a server that accepts the connection and says nothing, after the connect time-out', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const timeouts = { connectMs: 300, rpcMs: 60_000, commitMs: 60_000 }
    const outcome = await outcomeWith({ keyFile: workspace.keyFile, port }, { timeouts })
    assert.equal(outcome.error?.code, 'CONNECT_TIMEOUT')
    server.close()
  })

  it('gives up on a device that says no hello, after the connect time-out', async () => {
    device.misbehave((operation) => (operation === 'hello' ? { kind: 'delay', ms: 30_000 } : undefined))
    const timeouts = { connectMs: 1000, rpcMs: 60_000, commitMs: 60_000 }
    const outcome = await outcomeWith({ keyFile: workspace.keyFile }, { timeouts })
    device.misbehave(undefined)
    assert.equal(outcome.error?.code, 'TIMEOUT')
    assert.match(outcome.error?.message ?? '', /hello/)
  })

  it('notices by keep-alive that the path has gone silent, long before the time-out of the answer', async () => {
    const proxy = await startStallingProxy(device.port)
    const reached = { ...inventoryDevice('r1', proxy.port, workspace.keyFile) }
    const hostKeyLine = device.hostKeyLine.replace(String(device.port), String(proxy.port))
    const { session, destroy } = await openNetconf(reached, {
      ...optionsFor([reached], hostKeyLine),
      timeouts: { connectMs: 10_000, rpcMs: 600_000, commitMs: 600_000 },
      keepAliveMs: 2000,
    })
    try {
      proxy.stall()
      await assert.rejects(session.rpc('get', '<get/>'), { code: 'CONNECTION_LOST', message: /keep-alive/ })
    } finally {
      destroy()
      await proxy.stop()
    }
  })
})

describe('time-outs and limits of a transaction', () => {
  it('gives a commit the time of --commit-timeout, and other answers that of --rpc-timeout', async () => {
    const network = await startNetwork(1)
    const [device] = network.devices
    device?.misbehave((op) => (op === 'commit' ? { kind: 'delay', ms: 8000 } : undefined))
    const patient = { connectMs: 10_000, rpcMs: 7000, commitMs: 60_000 }
    const { outcomes } = await runTransaction(network.plans, network.options({ timeouts: patient }), silent)
    assert.equal(outcomes[0]?.status, 'applied')
    await network.stop()
  })

  it('takes everything back when a commit takes longer than --commit-timeout', async () => {
    const network = await startNetwork(2)
    const [, device] = network.devices
    device?.misbehave((op, n) => (op === 'commit' && n === 1 ? { kind: 'delay', ms: 60_000 } : undefined))
    const timeouts = { connectMs: 60_000, rpcMs: 60_000, commitMs: 2000 }
    const { outcomes } = await runTransaction(network.plans, network.options({ timeouts }), silent)
    assert.equal(outcomes[1]?.error?.code, 'TIMEOUT')
    assert.match(outcomes[1]?.error?.message ?? '', /commit/)
    assert.equal(network.state(), 'no no')
    assert.ok(network.devices.every((one) => !one.confirmPending()))
    await network.stop()
  })

  it('talks to no more devices at a time than --concurrency says', async () => {
    const network = await startNetwork(5)
    let now = 0
    let most = 0
    for (const device of network.devices) {
      device.misbehave((op) => {
        if (op !== 'hello') return undefined
        most = Math.max(most, ++now)
        setTimeout(() => now--, 100)
        return { kind: 'delay', ms: 100 }
      })
    }
    const { outcomes } = await runTransaction(network.plans, network.options({ concurrency: 2 }), silent)
    assert.ok(outcomes.every(({ status }) => status === 'applied'))
    assert.ok(most >= 1 && most <= 2, `${most} at a time`)
    await network.stop()
  })
})
