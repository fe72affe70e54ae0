import { mayUse, usesMpls } from '../compile/srv6/data-plane.js'
import type { Intent, IntentSet } from '../intents/intent.js'
import type { ChainIntent, ChainStep } from '../intents/schema/index.js'
import type { Path, Source } from '../intents/source.js'

/** A SID that the intents need. */
export interface Demand {
  readonly owner: string
  readonly algorithm: number
  /** The intent insists on this index. */
  readonly index?: number
  readonly source: Source
  readonly path: Path
}

export function serviceOwner(service: string): string {
  return `service/${service}`
}

export function nodeOwner(device: string): string {
  return `node/${device}`
}

/** The services that a step of a chain may take. */
export function choicesOf(step: ChainStep): readonly string[] {
  if (typeof step === 'string') return [step]
  return 'anyOf' in step ? step.anyOf : [step.service]
}

export function isOptional(step: ChainStep): boolean {
  return typeof step !== 'string' && step.optional === true
}

/** Algorithms in which a service needs a label: of its chains (not those on SRv6), of its own indexes, else 0. */
export function algorithmsOfServices(intents: IntentSet): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, Set<number>>([...intents.services.keys()].map((name) => [name, new Set<number>()]))
  const elsewhere = new Set<string>()
  for (const chain of intents.chains.values()) {
    const labels = mayUse('mpls', chain, intents)
    for (const name of servicesOf(chain)) {
      if (labels) found.get(name)?.add(chain.spec.algorithm ?? 0)
      else elsewhere.add(name)
    }
  }
  for (const service of intents.services.values()) {
    for (const algorithm of Object.keys(service.spec.index ?? {})) found.get(service.name)?.add(Number(algorithm))
  }
  return new Map(
    [...found].map(([name, set]) => [
      name,
      set.size === 0 && !elsewhere.has(name) ? [0] : [...set].sort((a, b) => a - b),
    ]),
  )
}

export function servicesOf(chain: Intent<ChainIntent>): readonly string[] {
  return chain.spec.services.flatMap(choicesOf)
}

/**
 * Every SID that must be allocated: one a service and algorithm, shared by all instances (anycast),
 * and one a node and Flex-Algo (the endpoint of a chain needs it). In the order of allocation.
 */
export function demandsOf(
  intents: IntentSet,
  devicesOfAlgorithm: (algorithm: number) => readonly string[],
): readonly Demand[] {
  const demands: Demand[] = []
  for (const [name, algorithms] of algorithmsOfServices(intents)) {
    const service = intents.services.get(name)
    if (service === undefined) continue
    for (const algorithm of algorithms) {
      const index = service.spec.index?.[String(algorithm)]
      demands.push({
        owner: serviceOwner(name),
        algorithm,
        ...(index === undefined ? {} : { index }),
        source: service.source,
        path: index === undefined ? ['metadata', 'name'] : ['spec', 'index', String(algorithm)],
      })
    }
  }
  for (const flexAlgo of usesMpls(intents) ? intents.flexAlgos : []) {
    const { algorithm } = flexAlgo.spec
    for (const device of devicesOfAlgorithm(algorithm)) {
      demands.push({ owner: nodeOwner(device), algorithm, source: flexAlgo.source, path: ['metadata', 'name'] })
    }
  }
  return demands
}
