import { type LabelNetwork, type Outage, reachableFrom, trace } from '@segchain/path-engine'
import { pushedLabels } from '../choose-chain.js'
import { policyKey, type Steered } from '../steered.js'
import type { Aftermath, Ground, Subject } from './subject.js'

export interface MplsSubject extends Subject {
  readonly one: Steered
}

/** Pinned chains name their instances themselves and are left out. */
export function mplsSubjects(steered: readonly Steered[]): MplsSubject[] {
  return steered
    .filter(({ chain }) => chain.spec.mode !== 'pinned')
    .map((one) => ({
      ...{ one, steering: one.steering, chain: one.chain, headend: one.headend, endpoint: one.endpoint },
      policy: `sr-policy:${policyKey(one)}`,
      services: one.chosen.services,
      walk: one.chosen.trace,
    }))
}

export function mplsGround(network: LabelNetwork): Ground<MplsSubject> {
  return {
    graph: network.graph,
    instanceDown: (service, node) => ({
      members: network.sids
        .filter((sid) => sid.service === service && sid.members.some((member) => member.node === node))
        .map((sid) => ({ sid, node })),
    }),
    after: (outage: Outage): Aftermath<MplsSubject> => {
      const after = network.without(outage)
      return {
        walk: ({ one }) => trace(after, one.headend.node.index, pushedLabels(one.chosen)),
        isWayLeft: ({ one }) => isWayLeft(after, one),
      }
    },
  }
}

function isWayLeft(after: LabelNetwork, { chosen, headend }: Steered): boolean {
  let places: readonly number[] = [headend.node.index]
  for (const { sid } of chosen.stack.entries) {
    const topology = after.topology(sid.algorithm)
    const now = after.sids.find(
      ({ index, algorithm, scope }) => index === sid.index && algorithm === sid.algorithm && scope === sid.scope,
    )
    if (topology === undefined || now === undefined) return false
    const reached = places.map((place) => reachableFrom(topology, place))
    places = now.members.map((member) => member.node).filter((node) => reached.some((each) => each[node] === 1))
    if (places.length === 0) return false
  }
  return true
}
