import type { Rejection } from '@segchain/records'
import type { ChainIntent } from '../intents/schema/index.js'
import { choicesOf, isOptional } from '../lock/demands.js'
import type { StackFailure } from './stack.js'

export type ChainFailure = { readonly failures: readonly (StackFailure & { readonly what: string })[] }

/** What was found for one way to put a chain together. */
export interface Way {
  /** In the metric of the chain's algorithm. */
  readonly cost: number
}

export type Best<W extends Way> = W & {
  readonly services: readonly string[]
  readonly rejected: readonly Rejection[]
}

/** More ways to put a chain together than this are not tried one by one. */
const MAX_COMBINATIONS = 4096

/**
 * Of all ways to take the chain's alternatives, the one that leaves out the fewest optional services,
 * then the cheapest, then the first as written. Every other way is named with what spoke against it.
 */
export function chooseBest<W extends Way>(
  spec: ChainIntent['spec'],
  evaluate: (services: readonly string[]) => W | StackFailure,
): Best<W> | ChainFailure {
  const combinations = combinationsOf(spec)
  if (combinations === undefined) {
    const why = `its alternatives combine in more than ${MAX_COMBINATIONS} ways`
    return {
      failures: [{ what: 'the chain', code: 'TOO_MANY_WAYS', why, hint: 'split the chain, or fix some services' }],
    }
  }
  const failures: (StackFailure & { what: string })[] = []
  const possible: (W & { services: readonly string[]; skipped: number })[] = []
  for (const services of combinations) {
    const result = evaluate(services)
    if (isWay(result)) possible.push({ ...result, services, skipped: spec.services.length - services.length })
    else failures.push({ ...result, what: describeServices(services) })
  }
  possible.sort((a, b) => a.skipped - b.skipped || a.cost - b.cost)
  const [best, ...others] = possible
  if (best === undefined) return { failures }
  const rejected = [
    ...others.map((other) => ({ what: describeServices(other.services), why: whyNot(best, other) })),
    ...failures.map(({ what, why }) => ({ what, why })),
  ]
  return { ...best, rejected }
}

function isWay<W extends Way>(result: W | StackFailure): result is W {
  return !('why' in result)
}

function whyNot(best: Way & { readonly skipped: number }, other: Way & { readonly skipped: number }): string {
  if (other.skipped > best.skipped)
    return `it leaves out ${other.skipped} optional service(s), and ${best.skipped} is possible`
  if (other.cost > best.cost) return `it costs ${other.cost}, the chosen one ${best.cost}`
  return `it costs the same (${best.cost}), and is written later`
}

function combinationsOf(spec: ChainIntent['spec']): readonly (readonly string[])[] | undefined {
  let ways: string[][] = [[]]
  for (const step of spec.services) {
    const choices: string[][] = choicesOf(step).map((name) => [name])
    if (isOptional(step)) choices.push([])
    if (ways.length * choices.length > MAX_COMBINATIONS) return undefined
    ways = ways.flatMap((way) => choices.map((choice) => [...way, ...choice]))
  }
  return ways
}

export function describeServices(services: readonly string[]): string {
  return services.length === 0 ? 'no service at all' : services.join(' → ')
}
