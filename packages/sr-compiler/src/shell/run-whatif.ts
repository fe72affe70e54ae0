import type { ToolIo } from '@segchain/cli-kit'
import type { Snapshot } from '@segchain/path-engine'
import type { ImpactRecord } from '@segchain/records'
import { applyChange } from '../analysis/change.js'
import { singleFailures } from '../analysis/events.js'
import { compare, impactOf } from '../analysis/impact.js'
import { compareSrv6 } from '../analysis/impact-srv6.js'
import { parseFailure } from '../analysis/parse-event.js'
import type WhatifCommand from '../commands/whatif.js'
import { buildModel } from '../compile/model.js'
import { Problems } from '../compile/problems.js'
import { type Loaded, loadModel } from './load-model.js'
import { readTopology } from './read-topology.js'

export async function runWhatif(io: ToolIo<typeof WhatifCommand>): Promise<void> {
  const loaded = await loadModel(io, io.args.intents, io.flags.topology)
  const { model, topology } = loaded
  const { down = [], set = [], against } = io.flags
  const impacts: ImpactRecord[] = []
  const events = down.map((text) => parseFailure(model, text))
  const nothingAsked = events.length === 0 && set.length === 0 && against === undefined
  for (const event of nothingAsked ? singleFailures(model) : events) impacts.push(...impactOf(model, event))
  for (const text of set) impacts.push(...compareWith(loaded, applyChange(model.graph, topology, text), text))
  if (against !== undefined) impacts.push(...compareWith(loaded, await readTopology(io, against), against))
  const out = await io.open({ source: io.args.intents })
  const counts: Record<string, number> = { unchanged: 0, moved: 0, slower: 0, faster: 0, broken: 0 }
  for (const impact of impacts) {
    counts[impact.status] = (counts[impact.status] ?? 0) + 1
    if (io.flags.all || impact.status !== 'unchanged') await out.write(impact)
  }
  await out.end({ outcome: 'ok', counts })
}

/** The same stacks in another topology. */
function compareWith({ model, repository }: Loaded, topology: Snapshot, event: string): ImpactRecord[] {
  const after = buildModel({ ...repository, topology, unreachable: 'warn' }, new Problems())
  if (after === undefined) return []
  return [
    ...model.steered.map((one) => compare(model, one, after.network, event, after)),
    ...model.srv6.steered.map((one) => compareSrv6(model, one, after.srv6.network, event, after)),
  ]
}
