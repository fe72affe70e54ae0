import assert from 'node:assert/strict'
import { test } from 'node:test'
import { threeVnfs } from './lab/order.js'
import { needsRoot, streamPackets } from './root.js'

test('two proxies in two data centres, three VNFs: every packet in the order of the chain', async (t) => {
  if (!needsRoot(t)) return
  const packets = streamPackets()
  const figures = await threeVnfs(packets)
  t.diagnostic(JSON.stringify(figures))
  assert.deepEqual(
    { sent: figures.sent, arrived: figures.arrived, twice: figures.twice, inOrder: figures.inOrder },
    { sent: packets, arrived: packets, twice: 0, inOrder: packets },
  )
})
