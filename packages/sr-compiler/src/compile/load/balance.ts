import { nodeName, sharesOf, type Walk } from '@segchain/path-engine'
import type { AnycastShareRecord } from '@segchain/records'
import type { Model } from '../model.js'
import type { Steered } from '../steered.js'
import { alternativesOf } from './alternatives.js'

interface Ingress {
  readonly name: string
  readonly algorithm: number
  readonly flows: number | undefined
  /** By `service|node`: the part of its traffic that comes there. */
  readonly services: ReadonlyMap<string, number>
}

/** How the traffic of all headends falls on the instances of each service, beside what weights or capacities ask for. */
export function anycastShares(model: Model): AnycastShareRecord[] {
  const ingresses = ingressesOf(model)
  const services = [...new Set(model.placed.map(({ service }) => service.name))]
  return services.flatMap((service) => {
    const algorithms = new Set(ingresses.filter((one) => visits(one, service)).map((one) => one.algorithm))
    return [...algorithms].sort((a, b) => a - b).map((algorithm) => recordOf(model, service, algorithm, ingresses))
  })
}

function visits({ services }: Ingress, service: string): boolean {
  return [...services.keys()].some((key) => key.startsWith(`${service}|`))
}

function ingressesOf({ steered, srv6 }: Model): Ingress[] {
  return [
    ...steered.map((one) => ingressOf(one, alternativesOf(one))),
    ...srv6.steered.map((one) => ingressOf(one, alternativesOf(one))),
  ]
}

type Listed = { readonly weight: number; readonly chosen: { readonly trace: Walk } }

function ingressOf(one: Pick<Steered, 'headend' | 'chain' | 'steering'>, lists: readonly Listed[]): Ingress {
  const all = lists.reduce((sum, { weight }) => sum + weight, 0)
  const services = new Map<string, number>()
  for (const { chosen, weight } of lists) {
    for (const [key, share] of sharesOf(chosen.trace)?.services ?? [])
      services.set(key, (services.get(key) ?? 0) + (share * weight) / all)
  }
  return {
    name: nodeName(one.headend.node),
    algorithm: one.chain.spec.algorithm ?? 0,
    flows: one.steering.spec.demand?.flows,
    services,
  }
}

function recordOf(model: Model, service: string, algorithm: number, ingresses: readonly Ingress[]): AnycastShareRecord {
  const here = ingresses.filter((one) => one.algorithm === algorithm && visits(one, service))
  const placed = model.placed.filter((one) => one.service.name === service)
  const told = here.every((one) => one.flows !== undefined)
  const amounts = here.map((one) => (told ? (one.flows ?? 0) : 1))
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  const wants = wantedOf(placed.map(({ instance }) => instance))
  const members = placed.map(({ instance, at }, i) => {
    const key = `${service}|${at.node.index}`
    const arriving = here.reduce((sum, one, j) => sum + (one.services.get(key) ?? 0) * (amounts[j] ?? 0), 0)
    return {
      instance: instance.name,
      node: nodeName(at.node),
      share: total === 0 ? 0 : rounded(Math.min(1, arriving / total)),
      expected: rounded(wants[i] ?? 0),
      ...(told ? { demand: rounded(arriving) } : {}),
      ...(instance.capacity === undefined ? {} : { capacity: instance.capacity }),
      ingresses: here
        .map((one) => ({ node: one.name, share: rounded(Math.min(1, one.services.get(key) ?? 0)) }))
        .filter(({ share }) => share > 0),
    }
  })
  const ratios = members.map(({ share, expected }) => (expected === 0 ? 0 : share / expected))
  return {
    kind: 'anycast-share',
    id: `anycast-share:${service}:${algorithm}`,
    service,
    algorithm,
    members,
    imbalance: rounded(Math.max(0, ...ratios)),
  }
}

/** Weights where all have one, else capacities where all have one, else the same for each. */
function wantedOf(
  instances: readonly { readonly weight?: number | undefined; readonly capacity?: number | undefined }[],
): number[] {
  const by = (pick: (one: (typeof instances)[number]) => number | undefined): number[] | undefined => {
    const values = instances.flatMap((one) => pick(one) ?? [])
    const sum = values.reduce((all, value) => all + value, 0)
    return values.length === instances.length && sum > 0 ? values.map((value) => value / sum) : undefined
  }
  return by((one) => one.weight) ?? by((one) => one.capacity) ?? instances.map(() => 1 / instances.length)
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
