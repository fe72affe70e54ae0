import type { StreamRecord } from '@segchain/records'
import type { DevicePlan } from './device-plan.js'

type TopologyStreamRecord = StreamRecord<'segchain.topology/1'>

/** A prefix-SID that the IGP must show once the plan is in force. */
export interface ExpectedSid {
  readonly device: string
  /** The node by name, IS-IS system-id, router-id or record id. */
  readonly node: string
  readonly prefix: string
  readonly algorithm: number
  readonly index: number
  readonly label: number
}

/** All prefix-SIDs that devices of the plan must advertise. */
export function expectedSids(plans: readonly DevicePlan[]): ExpectedSid[] {
  return plans.flatMap(({ device, elements }) =>
    elements.flatMap((element) => {
      if (element.kind !== 'prefix-sid') return []
      const { prefix, algorithm, index, label } = element
      return [{ device: device.name, node: device.node ?? device.name, prefix, algorithm, index, label }]
    }),
  )
}

/** What a topology stream has said so far, as far as the health of a change is concerned. */
export class TopologyView {
  readonly #nodes = new Map<string, Extract<TopologyStreamRecord, { kind: 'node' }>>()
  readonly #prefixes = new Map<string, Extract<TopologyStreamRecord, { kind: 'prefix' }>>()
  readonly #down = new Map<string, string>()

  add(record: TopologyStreamRecord): void {
    if (record.kind === 'node') this.#nodes.set(record.id, record)
    else if (record.kind === 'prefix') this.#prefixes.set(record.id, record)
    else if (record.kind === 'session') {
      if (record.state === 'down') this.#down.set(record.id, `the session with ${record.peer} is down`)
      else this.#down.delete(record.id)
    } else if (record.kind === 'withdraw') {
      this.#nodes.delete(record.id)
      this.#prefixes.delete(record.id)
    }
  }

  /** Why the network is not well, in sentences; empty when it is. */
  troubles(expected: readonly ExpectedSid[]): string[] {
    return [...this.#down.values(), ...this.#missing(expected)]
  }

  #missing(expected: readonly ExpectedSid[]): string[] {
    const nodes = this.#nodesByReference()
    const shown = new Set<string>()
    for (const { node, prefix, prefixSids = [], stale } of this.#prefixes.values()) {
      if (stale === true) continue
      for (const { algorithm, index, label } of prefixSids) {
        if (index !== undefined) shown.add(`${node} ${prefix} ${algorithm} index ${index}`)
        if (label !== undefined) shown.add(`${node} ${prefix} ${algorithm} label ${label}`)
      }
    }
    return expected
      .filter(({ node, prefix, algorithm, index, label }) =>
        (nodes.get(node) ?? []).every(
          (id) =>
            !shown.has(`${id} ${prefix} ${algorithm} index ${index}`) &&
            !shown.has(`${id} ${prefix} ${algorithm} label ${label}`),
        ),
      )
      .map(({ device, prefix, algorithm, index }) => {
        return `${device} does not advertise index ${index} for ${prefix} in algorithm ${algorithm}`
      })
  }

  #nodesByReference(): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>()
    for (const { id, name, routerId, routerIds = [] } of this.#nodes.values()) {
      for (const reference of new Set([id, name, routerId, ...routerIds])) {
        if (reference !== undefined) found.set(reference, [...(found.get(reference) ?? []), id])
      }
    }
    return found
  }
}
