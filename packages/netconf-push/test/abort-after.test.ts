import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { abortAfter } from '../src/transaction/abort-after.js'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

describe('abortAfter', () => {
  it('aborts in time, also when garbage is collected meanwhile', { timeout: 10_000 }, async () => {
    const { signal } = abortAfter(200, new AbortController().signal)
    const aborted = once(signal, 'abort')
    setTimeout(collectGarbage, 50)
    await aborted
    assert.equal(signal.reason.name, 'TimeoutError')
  })

  it('aborts with the reason of the other signal', () => {
    const controller = new AbortController()
    const { signal } = abortAfter(Number.POSITIVE_INFINITY, controller.signal)
    assert.equal(signal.aborted, false)
    controller.abort('enough')
    assert.equal(signal.reason, 'enough')
    assert.equal(abortAfter(1000, controller.signal).signal.reason, 'enough')
  })

  it('aborts nothing any more when it is ended', async () => {
    const controller = new AbortController()
    const { signal, end } = abortAfter(10, controller.signal)
    end()
    controller.abort()
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.equal(signal.aborted, false)
  })
})
