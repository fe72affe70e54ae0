import assert from 'node:assert/strict'
import { test } from 'node:test'
import { updatesUnderLoad } from './lab/updates.js'
import { needsRoot } from './root.js'

test('tables of a thousand labels are written over and over under a stream: no packet is lost', async (t) => {
  if (!needsRoot(t)) return
  const figures = await updatesUnderLoad(1000, 2)
  t.diagnostic(JSON.stringify(figures))
  assert.deepEqual({ arrived: figures.arrived, twice: figures.twice }, { arrived: figures.packets, twice: 0 })
  assert.ok(figures.tablesPerSecond > 1)
})
