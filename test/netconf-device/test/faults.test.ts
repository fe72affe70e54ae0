import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openNetconf, runTransaction } from '@segchain/netconf-push'
import type { FaultPlan } from '../src/index.js'
import { startNetwork } from './network.js'
import { silent } from './support.js'

const base = 'urn:ietf:params:xml:ns:netconf:base:1.0'

/** One device that misbehaves so, and one that does not: nothing is left on either. */
async function fails(faults: FaultPlan): Promise<{ code: string; message: string; hint: string }> {
  const network = await startNetwork(2)
  try {
    network.devices[1]?.misbehave(faults)
    const { outcomes } = await runTransaction(network.plans, network.options(), silent)
    assert.equal(network.state(), 'no no')
    assert.ok(network.devices.every((device) => !device.confirmPending()))
    assert.deepEqual(network.journals(), [])
    const { code = '', message = '', hint = '' } = outcomes[1]?.error ?? {}
    return { code, message, hint }
  } finally {
    await network.stop()
  }
}

const replyTo =
  (operation: string, text: string): FaultPlan =>
  (op) =>
    op === operation ? { kind: 'reply', text } : undefined

describe('an answer that is none', () => {
  it('of another namespace', async () => {
    const text = '<rpc-reply xmlns="urn:other" message-id="{id}"><ok/></rpc-reply>'
    assert.equal((await fails(replyTo('edit-config', text))).code, 'PROTOCOL')
  })

  it('with an ok of another namespace', async () => {
    const text = `<rpc-reply xmlns="${base}" message-id="{id}"><ok xmlns="urn:other"/></rpc-reply>`
    assert.equal((await fails(replyTo('validate', text))).code, 'REPLY_WITHOUT_OK')
  })

  it('without data', async () => {
    const text = `<rpc-reply xmlns="${base}" message-id="{id}"><ok/></rpc-reply>`
    assert.equal((await fails(replyTo('get-config', text))).code, 'REPLY_WITHOUT_DATA')
  })

  it('to a question that was not asked', async () => {
    const text = `<rpc-reply xmlns="${base}" message-id="4711"><ok/></rpc-reply>`
    const { code, message } = await fails(replyTo('validate', text))
    assert.equal(code, 'PROTOCOL')
    assert.match(message, /4711/)
  })

  it('without a message-id', async () => {
    assert.equal((await fails(replyTo('edit-config', `<rpc-reply xmlns="${base}"><ok/></rpc-reply>`))).code, 'PROTOCOL')
  })

  it('that is a bomb of entities: nothing is expanded', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
    assert.equal((await fails(replyTo('validate', bomb))).code, 'XML_DOCTYPE')
  })

  it('that is not UTF-8, or not XML', async () => {
    assert.equal((await fails(replyTo('validate', 'no XML at all'))).code, 'XML_MALFORMED')
    assert.equal((await fails(replyTo('validate', '<rpc-reply>&unknown;</rpc-reply>'))).code, 'XML_MALFORMED')
  })
})

describe('an answer without end', () => {
  for (const [what, head, piece] of [
    ['elements', `<rpc-reply xmlns="${base}" message-id="{id}"><data>`, '<a/>'.repeat(16_000)],
    ['text', `<rpc-reply xmlns="${base}" message-id="{id}"><data>`, 'x'.repeat(65_000)],
    ['depth', `<rpc-reply xmlns="${base}" message-id="{id}"><data>`, '<a>'.repeat(20_000)],
    ['attributes', `<rpc-reply xmlns="${base}" message-id="{id}"><data a="`, 'x'.repeat(65_000)],
  ] as const) {
    it(`of ${what} ends the session, not the memory`, async () => {
      const network = await startNetwork(1)
      const [plan] = network.plans
      const [device] = network.devices
      assert.ok(plan !== undefined && device !== undefined)
      const before = process.memoryUsage().rss
      let most = 0
      const timer = setInterval(() => {
        most = Math.max(most, process.memoryUsage().rss - before)
      }, 20)
      const limits = { maxDepth: 256, maxElements: 200_000, maxLength: 16 * 1024 * 1024 }
      const { session, destroy } = await openNetconf(plan.device, { ...network.options(), limits })
      try {
        device.misbehave(() => ({ kind: 'endless', head, piece }))
        await assert.rejects(session.rpc('get-config', '<get-config><source><running/></source></get-config>'), {
          code: /^XML_TOO_(LARGE|DEEP)$/,
        })
        assert.ok(most < 400e6, `${most / 1e6} MB more`)
      } finally {
        clearInterval(timer)
        destroy()
        await network.stop()
      }
    })
  }
})

describe('a lock that another holds', () => {
  for (const operation of ['running', 'candidate']) {
    it(`of ${operation}: nothing is changed anywhere, and the session that holds it is named`, async () => {
      const network = await startNetwork(2)
      const [, plan] = network.plans
      assert.ok(plan !== undefined)
      const other = await openNetconf(plan.device, network.options())
      try {
        await other.session.rpc('lock', `<lock><target><${operation}/></target></lock>`)
        const { outcomes } = await runTransaction(network.plans, network.options(), silent)
        assert.equal(outcomes[1]?.error?.code, 'RPC_LOCK_DENIED')
        assert.equal(outcomes[1]?.error?.category, 'stale')
        assert.match(outcomes[1]?.error?.hint ?? '', new RegExp(`session ${other.session.sessionId} `))
        assert.equal(network.state(), 'no no')
      } finally {
        await other.close()
        await network.stop()
      }
    })
  }
})

describe('a device that cannot take several requests at once', () => {
  it('gets one at a time when told so', async () => {
    const network = await startNetwork(1)
    const options = network.options({ oneAtATime: true })
    const { outcomes } = await runTransaction(network.plans, options, silent)
    assert.equal(outcomes[0]?.status, 'applied')
    await network.stop()
  })
})
