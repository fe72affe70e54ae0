import {
  type LabelNetwork,
  type Outage,
  type PrefixSidEntry,
  reachableFrom,
  type Trace,
  trace,
} from '@segchain/path-engine'
import { Reads } from '../again/reads.js'
import { pushedLabels } from '../choose-chain.js'
import { policyKey, type Steered } from '../steered.js'
import type { CaseNotes } from './case-notes.js'
import { KeptProofs } from './kept-proofs.js'
import { MplsStages } from './mpls-stages.js'
import { type Aftermath, type Ground, type Subject, visitOf } from './subject.js'

export interface MplsSubject extends Subject {
  readonly one: Steered
}

/** Pinned chains name their instances themselves and are left out. */
export function mplsSubjects(steered: readonly Steered[]): MplsSubject[] {
  return steered
    .filter(({ chain }) => chain.spec.mode !== 'pinned')
    .map((one) => ({
      one,
      steering: one.steering,
      chain: one.chain,
      headend: one.headend,
      endpoint: one.endpoint,
      policy: `sr-policy:${policyKey(one)}`,
      services: one.chosen.services,
      walk: one.chosen.trace,
    }))
}

export function mplsGround(network: LabelNetwork, kept = KeptProofs.none(network.graph)): Ground<MplsSubject> {
  const stages = new MplsStages(network, kept.ids, kept.stages)
  const sidsOf = new Map<string, PrefixSidEntry[]>()
  for (const sid of network.sids) {
    if (sid.service === undefined) continue
    const known = sidsOf.get(sid.service)
    if (known === undefined) sidsOf.set(sid.service, [sid])
    else known.push(sid)
  }
  return {
    graph: network.graph,
    ids: kept.ids,
    known: ({ one }) => (stages.coversStill(one) ? kept.take(one.chosen.stack) : undefined),
    stale: ({ one }) => (stages.coversStill(one) ? kept.staleOf(one.chosen.stack) : undefined),
    judged: ({ one }) => (stages.coversStill(one) ? kept.casesOf(one.chosen.stack) : undefined),
    keep: ({ one }, proof, renewed) => kept.put(one.chosen.stack, proof, renewed),
    instanceDown: (service, node) => ({
      members: (sidsOf.get(service) ?? [])
        .filter((sid) => sid.members.some((member) => member.node === node))
        .map((sid) => ({ sid, node })),
    }),
    after: (outage: Outage): Aftermath<MplsSubject> => {
      let known: LabelNetwork | undefined
      const after = (): LabelNetwork => {
        known ??= network.without(outage)
        return known
      }
      const followed = stages.aftermath(outage, after)
      return {
        visit: (subject, notes) => {
          const { one } = subject
          const isCovered = stages.covers(one, kept.isFollowed(one.chosen.stack))
          const visit = isCovered ? followed(one, notes.reads) : undefined
          if (visit !== undefined) return visit
          const path = trace(after(), one.headend.node.index, pushedLabels(one.chosen))
          if (isCovered) noteWalk(after(), path, notes)
          else notes.isRepeatable = false
          return visitOf(network.graph, path, subject)
        },
        isWayLeft: ({ one }) => isWayLeft(after(), one),
      }
    },
  }
}

function noteWalk(after: LabelNetwork, path: Trace, notes: CaseNotes): void {
  const reads = new Reads(after)
  reads.trace(path)
  for (const { sid, node, distance } of reads.list) notes.reads.push({ sid: after.sidBefore(sid), node, distance })
}

function isWayLeft(after: LabelNetwork, { chosen, headend }: Steered): boolean {
  let places: readonly number[] = [headend.node.index]
  for (const { sid } of chosen.stack.entries) {
    const topology = after.topology(sid.algorithm)
    const { members } = after.sidOf(sid)
    if (topology === undefined) return false
    const reached = places.map((place) => reachableFrom(topology, place))
    places = members.map((member) => member.node).filter((node) => reached.some((each) => each[node] === 1))
    if (places.length === 0) return false
  }
  return true
}
