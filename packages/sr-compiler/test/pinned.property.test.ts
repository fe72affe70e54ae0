// Pinned chains with bounds against every choice of instances, tried one by one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Anchor, choosePinned, type PinnedChoice } from '../src/compile/pinned.js'
import { firstThatHolds } from '../src/compile/pinned-held.js'
import type { ChainIntent } from '../src/intents/schema/index.js'

const numRuns = Number(process.env.SEGCHAIN_FUZZ_RUNS ?? 1000)
const NODES = 5

interface Sid extends Anchor {
  readonly name: string
}

const way = fc.record({ cost: fc.oneof(fc.nat(6), fc.constant(Number.POSITIVE_INFINITY)), delay: fc.nat(6) })
const cases = fc.record({
  ways: fc.array(fc.array(way, { minLength: NODES, maxLength: NODES }), { minLength: NODES, maxLength: NODES }),
  steps: fc.array(
    fc.record({
      choices: fc.array(fc.uniqueArray(fc.nat(NODES - 1), { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 2,
      }),
      optional: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  endpoint: fc.nat(NODES - 1),
  delayUs: fc.option(fc.integer({ min: 0, max: 14 }), { nil: undefined }),
  labels: fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined }),
})
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never

const serviceName = (step: number, choice: number): string => `s${step}${choice}`
const nodeSids: readonly Sid[] = Array.from({ length: NODES }, (_, node) => ({ name: `n${node}`, members: [{ node }] }))

function specOf({ steps }: Case): ChainIntent['spec'] {
  return {
    mode: 'pinned',
    services: steps.map(({ choices, optional }, i) => ({ anyOf: choices.map((_, k) => serviceName(i, k)), optional })),
  }
}

/** What a list of stops costs, from node 0. */
function measured(test: Case, stops: readonly number[]): { cost: number; delay: number } {
  let [at, cost, delay] = [0, 0, 0]
  for (const stop of [...stops, test.endpoint]) {
    const { ways } = test
    if (stop !== at) {
      cost += ways[at]?.[stop]?.cost ?? 0
      delay += ways[at]?.[stop]?.delay ?? 0
    }
    at = stop
  }
  return { cost, delay }
}

/** Labels: those of hosts where packets are not there already, and one for each service. */
function depthOf(test: Case, stops: readonly number[]): number {
  const hosts = [0, ...stops].filter((stop, i, all) => i > 0 && stop !== all[i - 1]).length
  return hosts + stops.length + ((stops.at(-1) ?? 0) === test.endpoint ? 0 : 1)
}

function isWithin(test: Case, stops: readonly number[]): boolean {
  const { delayUs = Number.POSITIVE_INFINITY, labels = Number.POSITIVE_INFINITY } = test
  return measured(test, stops).delay <= delayUs && depthOf(test, stops) <= labels
}

/** Of all choices: how many services the best leaves out, and what it costs; undefined without one. */
function best(test: Case): readonly [number, number] | undefined {
  let found: readonly [number, number] | undefined
  const go = (step: number, stops: readonly number[], skipped: number): void => {
    const here = test.steps[step]
    if (here === undefined) {
      const { cost } = measured(test, stops)
      const isBetter = found === undefined || skipped < found[0] || (skipped === found[0] && cost < found[1])
      if (Number.isFinite(cost) && isWithin(test, stops) && isBetter) found = [skipped, cost]
      return
    }
    if (here.optional) go(step + 1, stops, skipped + 1)
    for (const node of here.choices.flat()) go(step + 1, [...stops, node], skipped)
  }
  go(0, [], 0)
  return found
}

test('a pinned chain leaves out the fewest services, then costs the least, of all choices within its bounds', () => {
  let [held, none] = [0, 0]
  fc.assert(
    fc.property(cases, (test) => {
      const spec = specOf(test)
      const nodeOf = (sid: Sid): number => sid.members[0]?.node ?? -1
      const between = (from: number, to: number) => (from === to ? { cost: 0, delay: 0 } : test.ways[from]?.[to])
      const measures = {
        costTo: (from: number, sid: Sid) => between(from, nodeOf(sid))?.cost ?? 0,
        delayTo: (from: number, sid: Sid) => between(from, nodeOf(sid))?.delay ?? 0,
      }
      const services = new Map(
        test.steps.flatMap(({ choices }, i) =>
          choices.map((nodes, k): [string, Sid] => [
            serviceName(i, k),
            { name: serviceName(i, k), members: nodes.map((node) => ({ node })) },
          ]),
        ),
      )
      const request = {
        ...{ spec, headend: 0, endpoint: nodeSids[test.endpoint] as Sid },
        sidOfService: (name: string) => services.get(name),
      }
      const stopsOf = ({ sids }: PinnedChoice<Sid>): number[] => {
        const stops: number[] = []
        let at = 0
        for (const sid of sids) {
          if (services.has(sid.name)) stops.push(at)
          else at = nodeOf(sid)
        }
        return stops
      }
      const chosen = firstThatHolds(
        (limits) => choosePinned(measures, request, (node) => nodeSids[node], String, limits),
        () => ({
          ...(test.delayUs === undefined ? {} : { delayUs: test.delayUs }),
          ...(test.labels === undefined ? {} : { depth: test.labels }),
        }),
        (choice) => {
          const stops = stopsOf(choice)
          assert.equal(choice.sids.length, depthOf(test, stops))
          return isWithin(test, stops) ? { stops } : { code: 'BOUND', why: 'not within' }
        },
      )
      const wanted = best(test)
      if ('why' in chosen) {
        none += 1
        assert.equal(wanted, undefined)
        return
      }
      held += 1
      const { cost } = measured(test, chosen.way.stops ?? [])
      assert.deepEqual([test.steps.length - chosen.choice.services.length, cost], wanted)
    }),
    { numRuns },
  )
  assert.ok(held > numRuns / 10 && none > numRuns / 10, `${held} held, ${none} none`)
})
