import type { Graph, Snapshot } from '@segchain/path-engine'
import type { ExplanationRecord, SegchainError } from '@segchain/records'
import { disjointGroups } from '../compile/disjoint/groups.js'
import { buildModel } from '../compile/model.js'
import { Problems } from '../compile/problems.js'
import { segmentsOf } from '../compile/segments.js'
import { srv6SegmentsOf } from '../compile/srv6/srv6-elements.js'
import type { SteeredSrv6 } from '../compile/srv6/steered-srv6.js'
import type { Steered } from '../compile/steered.js'
import type { IntentSet } from '../intents/intent.js'
import type { Lock } from '../lock/lock-file.js'
import { type Change, singleRelaxations } from './relaxations.js'

export interface ExplainInput {
  readonly intents: IntentSet
  readonly lock: Lock
  readonly topology: Snapshot
}

/** Every Steering by itself: what was chosen and why, or why nothing could be. */
export function explain(input: ExplainInput): ExplanationRecord[] {
  return input.intents.steerings.map((steering) => {
    const { one, over, problems, graph } = solve(input, steering.name)
    if (over !== undefined && graph !== undefined) return overSrv6(over, graph)
    const found = one !== undefined && graph !== undefined
    return {
      ...askedBy(steering),
      found,
      labels: found ? segmentsOf(one, graph).map(({ label, reason }) => ({ label, reason })) : [],
      ...(found ? { cost: one.chosen.stack.cost } : {}),
      ...(one?.chosen.delayUs === undefined ? {} : { delayUs: one.chosen.delayUs }),
      rejected: [...(one?.chosen.rejected ?? [])],
      problems: found ? [] : problems.map((problem) => `${problem.location}: ${problem.message}`),
      relaxations: found ? [] : relaxationsOf(input, steering.name),
    }
  })
}

function askedBy({ name, spec }: IntentSet['steerings'][number]) {
  const { chain, headend, endpoint } = spec
  return { kind: 'explanation', id: `explanation:${name}`, steering: name, chain, headend, endpoint } as const
}

function overSrv6(over: SteeredSrv6, graph: Graph): ExplanationRecord {
  const { steering, chosen } = over
  return {
    ...askedBy(steering),
    found: true,
    labels: [],
    sids: srv6SegmentsOf(over, graph).map(({ sid, behavior, reason }) => ({ sid, behavior, reason })),
    cost: chosen.cost,
    ...(chosen.delayUs === undefined ? {} : { delayUs: chosen.delayUs }),
    rejected: [...chosen.rejected],
    problems: [],
    relaxations: [],
  }
}

/** Compilations that are tried, times nodes: of a large network fewer combinations than of a small one. */
const MOST_WORK = 40_000
/** More changes at once are no hint any more. */
const MOST_CHANGES = 3

/** The fewest changes that give a way: single ones, or else pairs, or else three together. */
function relaxationsOf(input: ExplainInput, name: string): ExplanationRecord['relaxations'] {
  const changes = singleRelaxations(input.intents, name)
  const most = Math.max(changes.length, Math.min(400, MOST_WORK / (input.topology.nodes.length + 1)))
  let tried = 0
  for (let size = 1; size <= MOST_CHANGES; size += 1) {
    const found: ExplanationRecord['relaxations'] = []
    for (const set of subsetsOf(changes, size)) {
      tried += 1
      if (tried > most) break
      const way = wayWith(input, name, set)
      if (way !== undefined) found.push(way)
    }
    if (found.length > 0) return found.sort((a, b) => a.cost - b.cost || (a.change < b.change ? -1 : 1))
  }
  return []
}

function wayWith(
  input: ExplainInput,
  name: string,
  set: readonly Change[],
): ExplanationRecord['relaxations'][number] | undefined {
  const intents = set.reduce((before, { apply }) => apply(before), input.intents)
  const { one, over } = solve({ ...input, intents }, name)
  const found =
    over !== undefined
      ? { cost: over.chosen.cost, delayUs: over.chosen.delayUs, size: over.chosen.carriers.length }
      : one && { cost: one.chosen.stack.cost, delayUs: one.chosen.delayUs, size: one.chosen.stack.entries.length }
  const [first] = set
  if (found === undefined || first === undefined) return undefined
  const bound = over === undefined ? 'bounds.labels' : 'bounds.sids'
  const change = set.map(({ text }) => {
    if (text.endsWith('delayUs')) return `${text}: it takes ${found.delayUs ?? 'unknown'} us`
    return text.endsWith(bound) ? `${text}: it takes ${found.size}` : text
  })
  const { file, line } = first
  return { change: change.join(', and '), file, line, cost: found.cost }
}

function* subsetsOf<T>(list: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) yield []
  else {
    for (let i = from; i <= list.length - size; i += 1) {
      for (const rest of subsetsOf(list, size - 1, i + 1)) yield [list[i] as T, ...rest]
    }
  }
}

/** Errors that are about several Steerings together. */
const GROUP_ERRORS = new Set(['NOT_DISJOINT', 'OVER_CAPACITY'])

/** The Steering, those that it must keep apart from, and those whose demand competes with its own. */
function related(intents: IntentSet, name: string): ReadonlySet<string> {
  const chain = intents.steerings.find((steering) => steering.name === name)?.spec.chain
  const group = disjointGroups(intents).find(({ chains }) => chains.some((one) => one.name === chain))
  const names = new Set(group?.chains.map((one) => one.name))
  const own = intents.steerings.find((steering) => steering.name === name)?.spec.demand
  return new Set([
    name,
    ...intents.steerings
      .filter(({ spec }) => names.has(spec.chain) || (own !== undefined && spec.demand !== undefined))
      .map((steering) => steering.name),
  ])
}

/** A Steering without others that have nothing to do with it. */
function solve(
  input: ExplainInput,
  name: string,
): { one?: Steered; over?: SteeredSrv6; problems: readonly SegchainError[]; graph?: Graph } {
  const problems = new Problems()
  const steerings = input.intents.steerings.filter((steering) => related(input.intents, name).has(steering.name))
  const model = buildModel({ ...input, intents: { ...input.intents, steerings }, unreachable: 'warn' }, problems)
  const isIt = (found: { readonly steering: { readonly name: string } }): boolean => found.steering.name === name
  // With the others of its group in trouble, nothing is known of this one either.
  const clean = !problems.errors.some((error) => GROUP_ERRORS.has(error.code))
  const one = clean ? model?.steered.find(isIt) : undefined
  const over = model?.srv6.steered.find(isIt)
  return {
    problems: problems.errors,
    ...(one === undefined ? {} : { one }),
    ...(over === undefined ? {} : { over }),
    ...(model === undefined ? {} : { graph: model.graph }),
  }
}
