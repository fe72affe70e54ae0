import type { CandidatePath, FailoverCase, Reason, Srv6CandidatePath } from '@segchain/records'
import type { RenderedRecord } from '../renderer.js'
import { type Column, field, right, wide } from './column.js'
import { labelRanges } from './label-ranges.js'

const why: Column = { title: 'why', value: (record) => (record.reason as Reason | undefined)?.text }
const device = [field('step', 'step', right), field('device')]
const id = field('id', 'id', wide)

const stacks = (record: RenderedRecord): string =>
  ((record.candidatePaths ?? []) as readonly CandidatePath[])
    .flatMap((path) => path.segmentLists.map((list) => list.segments.map((segment) => segment.label).join(' ')))
    .join(' | ')

const carriers = (record: RenderedRecord): string =>
  ((record.candidatePaths ?? []) as readonly Srv6CandidatePath[])
    .flatMap((path) => path.segmentLists.map((list) => list.carriers.join(' ')))
    .join(' | ')

type Cases = readonly FailoverCase[]

const countOf =
  (...outcomes: readonly FailoverCase['outcome'][]) =>
  (record: RenderedRecord): number =>
    ((record.cases ?? []) as Cases).filter(({ outcome }) => outcomes.includes(outcome)).length

/** What there is to be done something about comes first. */
const worst = (record: RenderedRecord): string => {
  const cases = (record.cases ?? []) as Cases
  const found = (['broken', 'late', 'cut-off'] as const).flatMap((one) =>
    cases.filter(({ outcome }) => outcome === one),
  )
  return found.length === 0 ? '' : `${found[0]?.failure}${found.length === 1 ? '' : `, and ${found.length - 1} more`}`
}

const match = (record: RenderedRecord): string =>
  Object.entries((record.match ?? {}) as Record<string, string | number>)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')

export const planColumns: Readonly<Record<string, readonly Column[]>> = {
  'segment-routing': [
    ...device,
    { title: 'SRGB', value: (record) => labelRanges(record.srgb) },
    { title: 'SRLB', value: (record) => labelRanges(record.srlb) },
    why,
    id,
  ],
  loopback: [...device, field('prefix'), field('number', 'number', right), field('service'), why, id],
  'prefix-sid': [
    ...device,
    field('prefix'),
    field('algorithm', 'algo', right),
    field('index', 'index', right),
    field('label', 'label', right),
    field('service'),
    field('lastHopBehavior', 'last hop', wide),
    why,
    id,
  ],
  'flex-algo': [
    ...device,
    field('algorithm', 'algo', right),
    { title: 'advertises', value: (record) => (record.definition === undefined ? 'no' : 'yes') },
    why,
    id,
  ],
  'sr-policy': [
    ...device,
    field('chain'),
    field('color', 'color', right),
    field('endpoint'),
    { title: 'label stack, top first', value: stacks },
    why,
    id,
  ],
  steering: [...device, { title: 'match', value: match }, field('color', 'color', right), field('endpoint'), why, id],
  'proxy-entry': [
    ...device,
    field('label', 'label', right),
    field('service'),
    field('behavior'),
    field('attachment'),
    why,
    id,
  ],
  failover: [
    field('chain'),
    field('steering'),
    { title: 'tried', value: (record) => ((record.cases ?? []) as Cases).length, ...right },
    { title: 'in order', value: countOf('in-order', 'late'), ...right },
    { title: 'late', value: countOf('late'), ...right },
    { title: 'broken', value: countOf('broken'), ...right },
    { title: 'no way left', value: countOf('cut-off'), ...right },
    { title: 'not good', value: worst },
    id,
  ],
  'srv6-locator': [...device, field('prefix'), field('algorithm', 'algo', right), field('service'), why, id],
  'srv6-service-sid': [...device, field('sid'), field('service'), field('behavior'), field('attachment'), why, id],
  'srv6-policy': [
    ...device,
    field('chain'),
    field('color', 'color', right),
    field('endpoint'),
    { title: 'SIDs, first one first', value: carriers },
    why,
    id,
  ],
  'switch-entry': [...device, field('label', 'label', right), field('service'), field('module'), why, id],
}
