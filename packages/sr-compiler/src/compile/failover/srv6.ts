import { encapsulate, type Outage, reachableFrom, type Srv6Network, traceSrv6 } from '@segchain/path-engine'
import type { SteeredSrv6 } from '../srv6/steered-srv6.js'
import { policyKey } from '../steered.js'
import { type Aftermath, type Ground, type Subject, visitOf } from './subject.js'

export interface Srv6Subject extends Subject {
  readonly one: SteeredSrv6
}

/** Pinned chains name their instances themselves and are left out. */
export function srv6Subjects(steered: readonly SteeredSrv6[]): Srv6Subject[] {
  return steered
    .filter(({ chain }) => chain.spec.mode !== 'pinned')
    .map((one) => ({
      ...{ one, steering: one.steering, chain: one.chain, headend: one.headend, endpoint: one.endpoint },
      policy: `srv6-policy:${policyKey(one)}`,
      services: one.chosen.services,
      walk: one.chosen.trace,
    }))
}

export function srv6Ground(network: Srv6Network): Ground<Srv6Subject> {
  return {
    graph: network.graph,
    known: () => undefined,
    stale: () => undefined,
    judged: () => undefined,
    keep: () => undefined,
    instanceDown: (service, node) => ({ services: [{ service, node }] }),
    after: (outage: Outage): Aftermath<Srv6Subject> => {
      const isGone = (service: string, node: number): boolean =>
        outage.services?.some((one) => one.service === service && one.node === node) ?? false
      const after = network.without(outage, isGone)
      return {
        visit: (subject) => {
          const { one } = subject
          return visitOf(after.graph, traceSrv6(after, one.headend.node.index, packetOf(one)), subject)
        },
        isWayLeft: ({ one }) => isWayLeft(after, one),
      }
    },
  }
}

function packetOf({ chosen, encapsulation }: SteeredSrv6) {
  const addresses = chosen.carriers.map((carrier) => carrier.address)
  return encapsulate(addresses, encapsulation)
}

function isWayLeft(after: Srv6Network, { chosen, headend }: SteeredSrv6): boolean {
  let places: readonly number[] = [headend.node.index]
  for (const { locator } of chosen.stops) {
    const topology = after.topology(locator.algorithm)
    // An outage changes members, never the prefix.
    const now = after.locators.find(({ prefix }) => prefix === locator.prefix)
    if (topology === undefined || now === undefined) return false
    const reached = places.map((place) => reachableFrom(topology, place))
    places = now.members.map((member) => member.node).filter((node) => reached.some((each) => each[node] === 1))
    if (places.length === 0) return false
  }
  return true
}
