import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LinkRecord } from '@segchain/records'
import fc from 'fast-check'
import { buildGraph, buildGraphAgain, igpInstancesOf, type Snapshot } from '../src/index.js'
import { node } from './support/network.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 1000)
const names = ['a', 'b', 'c', 'd']
const instance = { protocol: 'isis-l2', instanceId: '0' } as const
const name = fc.constantFrom(...names)
const addresses = fc.option(fc.subarray(['10.0.0.1', '10.0.0.2', '10.0.0.3'], { minLength: 1 }), { nil: undefined })

/** Parallel links, halves alone, several records of an interface. */
const linkOf = fc
  .record(
    {
      ...{ localNode: name, remoteNode: name, igpMetric: fc.integer({ min: 1, max: 9 }), localAddresses: addresses },
      localLinkId: fc.integer({ min: 0, max: 2 }),
      remoteLinkId: fc.integer({ min: 0, max: 2 }),
      applicationSpecific: fc.constant<LinkRecord['applicationSpecific'] & object>([
        { applications: ['sr-policy'], attributes: { teMetric: 7 } },
      ]),
    },
    { requiredKeys: ['localNode', 'remoteNode', 'igpMetric'] },
  )
  .map(({ localAddresses, ...link }) => ({ ...link, ...(localAddresses === undefined ? {} : { localAddresses }) }))

const cases = fc.record({
  links: fc.array(linkOf, { minLength: 1, maxLength: 14 }),
  changes: fc.array(fc.record({ at: fc.nat(13), link: linkOf, whole: fc.integer({ min: 0, max: 3 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
})

const seen = { again: 0, anew: 0 }

test('a graph made from that before a change of links is what a whole new one is', () => {
  const nodes = names.map((id) => node(id))
  fc.assert(
    fc.property(cases, ({ links, changes }) => {
      const first = links.map((link, i): LinkRecord => ({ kind: 'link', id: `l${i}`, ...instance, ...link }))
      const was: Snapshot = { nodes, links: first, prefixes: [], srv6Sids: [] }
      const key = igpInstancesOf(was)[0] ?? instance
      const before = buildGraph(was, key)
      const now = { ...was, links: [...first] }
      for (const { at, link, whole } of changes) {
        const old = now.links[at]
        if (old === undefined) continue
        // Mostly only the metric.
        now.links[at] = whole === 0 ? { ...link, kind: 'link', id: old.id, ...instance } : { ...old, igpMetric: 77 }
      }
      const again = buildGraphAgain(before, was, now)
      seen[again === undefined ? 'anew' : 'again'] += 1
      if (again !== undefined) assert.deepEqual(again, buildGraph(now, key))
    }),
    { numRuns },
  )
})

test('in those runs some graphs were made from those before and some were not', () => {
  assert.ok(seen.again * 20 > numRuns && seen.anew * 20 > numRuns, JSON.stringify(seen))
})
