import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moveFirewall } from './lab/move-firewall.js'
import { needsRoot, streamPackets } from './root.js'

test('a firewall moves from host A to host B under a steady stream: none lost, none twice', async (t) => {
  if (!needsRoot(t)) return
  const packets = streamPackets()
  const figures = await moveFirewall(packets)
  t.diagnostic(JSON.stringify(figures))
  assert.deepEqual(
    { arrived: figures.arrived, twice: figures.twice },
    { arrived: figures.packets, twice: 0 },
    JSON.stringify(figures),
  )
  assert.equal(figures.throughA + figures.throughB, figures.packets)
  assert.ok(figures.throughA > 0 && figures.throughB > 0)
})
