import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trace } from '@segchain/path-engine'
import fc from 'fast-check'
import { pushedLabels } from '../src/compile/choose-chain.js'
import { CaseNotes } from '../src/compile/failover/case-notes.js'
import { failoverEvents } from '../src/compile/failover/events.js'
import { mplsGround, mplsSubjects } from '../src/compile/failover/mpls.js'
import { MplsStages } from '../src/compile/failover/mpls-stages.js'
import { servedBy, visitOf } from '../src/compile/failover/subject.js'
import { buildModel } from '../src/compile/model.js'
import { Problems } from '../src/compile/problems.js'
import { emptyLock, parseIntents } from '../src/index.js'
import { halvesOf, intentsOf, randomOf, topologyOf } from './support/random-network.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 150)

const caseOf = fc.record({
  size: fc.integer({ min: 4, max: 12 }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  overload: fc.boolean(),
  adjacency: fc.boolean(),
  lan: fc.boolean(),
})

const seen = { followed: 0, walked: 0, lost: 0 }

test('what segments tell of a failure is what a symbolic packet meets, label by label, on every branch', () => {
  fc.assert(
    fc.property(caseOf, ({ size, seed, overload, adjacency, lan }) => {
      const pick = randomOf(seed)
      const topology = topologyOf(size, halvesOf(size, pick), overload, adjacency, undefined, lan)
      const { intents } = parseIntents([{ file: 'intents.yaml', text: intentsOf(size, pick) }])
      const model = buildModel({ intents, lock: emptyLock, topology, unreachable: 'warn' }, new Problems())
      assert.ok(model)
      const { network, graph } = model
      const subjects = mplsSubjects(model.steered)
      const ground = mplsGround(network)
      const stages = new MplsStages(network)
      for (const { outage, subjects: hit } of failoverEvents(ground, subjects)) {
        const after = ground.after(outage)
        for (const subject of hit) {
          const { headend, chosen } = subject.one
          const path = trace(network.without(outage), headend.node.index, pushedLabels(chosen))
          const walked = visitOf(graph, path, subject)
          const visit = after.visit(subject, new CaseNotes())
          const told = ({ why, served = servedBy(subject.walk), delayUs }: typeof visit) =>
            why ?? [[...served].map(([service, nodes]) => [service, [...nodes].sort()]).sort(), delayUs]
          assert.deepEqual(told(visit), told(walked))
          seen[stages.covers(subject.one) ? 'followed' : 'walked'] += 1
          if (walked.why !== undefined) seen.lost += 1
        }
      }
    }),
    { numRuns },
  )
})

test('those runs had chains that were followed, chains that had to be walked, and failures that break them', () => {
  assert.ok(seen.followed > 100 && seen.walked > 0 && seen.lost > 0, JSON.stringify(seen))
})
