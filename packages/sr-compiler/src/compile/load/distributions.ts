import type { IntentSet } from '../../intents/intent.js'
import type { NodeDirectory } from '../nodes.js'

/** Instances of one service on the chain, and how much of the traffic each is to get. */
export interface Distribution {
  readonly service: string
  readonly nodes: readonly number[]
  readonly weights: readonly number[]
}

/** Sums of weights that have no small common multiple are rounded to this many parts. */
const PARTS = 1000
const MOST_PARTS = 0x7fff_ffff

/** What is asked of a data plane. */
export interface Spreadable {
  readonly services: readonly string[]
  /** Where the packets go now for a service. */
  readonly endsOf: (service: string) => readonly number[]
  /** From the headend; Infinity where it is not reached. */
  readonly distanceTo: (node: number) => number
}

/** Where all instances of a service have a weight, all that can be reached, nearest first; else the instance of now. */
export function distributionsOf(
  { services, endsOf, distanceTo }: Spreadable,
  { intents, directory }: { readonly intents: IntentSet; readonly directory: NodeDirectory },
): Distribution[] {
  return services.map((service) => {
    const instances = intents.services.get(service)?.spec.instances ?? []
    const own: Distribution = { service, nodes: endsOf(service), weights: [1] }
    if (instances.some((instance) => instance.weight === undefined)) return own
    const placed = instances.flatMap((instance) => {
      const at = directory.managed.find(({ device, node }) =>
        [device.name, device.spec.node, node.id].includes(instance.node),
      )
      const far = at === undefined ? Number.POSITIVE_INFINITY : distanceTo(at.node.index)
      return at === undefined || !Number.isFinite(far)
        ? []
        : [{ node: at.node.index, weight: instance.weight ?? 1, far }]
    })
    placed.sort((a, b) => a.far - b.far || a.node - b.node)
    if (placed.length === 0) return own
    return { service, nodes: placed.map(({ node }) => node), weights: placed.map(({ weight }) => weight) }
  })
}

/** The distributions laid side by side: where one changes its instance, a new combination begins. */
export function combinationsOf(distributions: readonly Distribution[]): { weight: number; nodes: number[] }[] {
  const sums = distributions.map(({ weights }) => weights.reduce((sum, weight) => sum + weight, 0))
  const common = sums.reduce(leastMultiple, 1)
  const parts = common > MOST_PARTS ? PARTS : common
  const ends = distributions.map(({ weights }, i) => {
    let sum = 0
    return weights.map((weight) => {
      sum += weight
      return Math.round((sum * parts) / (sums[i] ?? 1))
    })
  })
  const cuts = [...new Set(ends.flat())].sort((a, b) => a - b)
  let from = 0
  const found: { weight: number; nodes: number[] }[] = []
  for (const to of cuts) {
    const start = from
    if (to > start) {
      const nodes = distributions.map(({ nodes: own }, i) => own[(ends[i] ?? []).findIndex((end) => end > start)] ?? -1)
      found.push({ weight: to - start, nodes })
    }
    from = to
  }
  const divisor = found.reduce((all, { weight }) => greatestDivisor(all, weight), 0)
  return found.map(({ weight, nodes }) => ({ weight: weight / Math.max(1, divisor), nodes }))
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}

function leastMultiple(a: number, b: number): number {
  return b === 0 ? a : Math.min(MOST_PARTS + 1, (a / greatestDivisor(a, b)) * b)
}
