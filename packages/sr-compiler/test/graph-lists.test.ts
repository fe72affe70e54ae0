import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildModel } from '../src/compile/model.js'
import { Problems } from '../src/compile/problems.js'
import { drawingOf } from '../src/draw/drawing.js'
import { emptyLock, parseIntents } from '../src/index.js'
import { exampleFiles, labTopology } from './support/lab.js'

test('a chain with weighted segment lists is drawn over all of them', () => {
  const text = `apiVersion: segchain/v1
kind: Service
metadata: { name: firewall }
spec: { type: vnf, instances: [{ name: a, node: r2, attachment: x, weight: 1 }, { name: b, node: r5, attachment: x, weight: 1 }] }
---
apiVersion: segchain/v1
kind: Chain
metadata: { name: c }
spec: { services: [firewall], mode: pinned }
---
apiVersion: segchain/v1
kind: Steering
metadata: { name: c }
spec: { headend: r1, endpoint: r4, color: 1, chain: c, match: { dscp: 1 } }
`
  const files = exampleFiles({ 'chain.yaml': '', 'steering.yaml': '', 'low-latency.yaml': '' }).filter(
    ({ file }) => !file.startsWith('services'),
  )
  const { intents } = parseIntents([...files, { file: 'c.yaml', text }])
  const model = buildModel({ intents, lock: emptyLock, topology: labTopology(), unreachable: 'error' }, new Problems())
  assert.ok(model)
  const drawing = drawingOf(model.graph, model)
  const names = drawing.chains[0]?.edges.map((edge) => {
    const { from = -1, to = -1 } = drawing.edges[edge] ?? {}
    return [drawing.nodes[from]?.name, drawing.nodes[to]?.name].sort().join('-')
  })
  // source: by hand: one list goes over r2, the other over r5.
  assert.ok(names?.includes('r1-r2') && names.includes('r1-r5'))
})
