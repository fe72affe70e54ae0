import { type Graph, nodeAt } from '../graph/graph.js'
import { type ConstrainedPath, constrainedPath } from './constrained-path.js'
import { cutBy, linkValueOf, type PathConstraints, type PathMetric } from './constraints.js'
import { type Change, leastChanges, type Relaxable, relaxablesOf, without } from './relaxable.js'

/** Changes that give a path when all of them are made, and none of which can be left out. */
export interface Relaxation {
  readonly changes: readonly Change[]
  readonly path: ConstrainedPath
}

export interface NoPath {
  /** How many links each constraint cut; for a bound or what is minimized, links that do not tell the value. */
  readonly cut: Readonly<Partial<Record<keyof PathConstraints, number>>>
  /** With as few changes as possible, cheapest first; empty when no change of the constraints helps. */
  readonly relaxations: readonly Relaxation[]
  /** There is no path even with no constraint at all. */
  readonly disconnected: boolean
}

/** Sets of changes that are tried: all of twelve constraints. With more, one that cannot be made smaller may stand for them. */
const MAX_TRIED = 2 ** 12

/** Why there is no path, and what is the least that would have to give: the fewest parts of the constraints. */
export function whyNoPath(graph: Graph, source: number, target: number, constraints: PathConstraints): NoPath {
  const disconnected = constrainedPath(graph, source, target) === undefined
  const leads = (parts: readonly Relaxable[]): boolean =>
    constrainedPath(graph, source, target, without(constraints, parts)) !== undefined
  const all = relaxablesOf(constraints)
  const sets = leads(all) ? fewestOf(all, leads) : []
  const relaxations = sets
    .flatMap((parts) => leastChanges(graph, [source, target], constraints, parts) ?? [])
    .sort((a, b) => a.path.cost - b.path.cost || (textOf(a) < textOf(b) ? -1 : 1))
  return { cut: cutsOf(graph, constraints), relaxations, disconnected }
}

function textOf({ changes }: Relaxation): string {
  return changes.map(({ constraint, change }) => `${constraint} ${change}`).join()
}

/** Every smallest set of parts without which there is a path. */
function fewestOf(
  all: readonly Relaxable[],
  leads: (parts: readonly Relaxable[]) => boolean,
): readonly (readonly Relaxable[])[] {
  let tried = 0
  for (let size = 1; size <= all.length; size += 1) {
    const found: (readonly Relaxable[])[] = []
    for (const parts of subsetsOf(all, size)) {
      tried += 1
      if (tried > MAX_TRIED) return found.length > 0 ? found : [shrunk(all, leads)]
      if (leads(parts)) found.push(parts)
    }
    if (found.length > 0) return found
  }
  return []
}

/** Everything, less what need not be given up. */
function shrunk(all: readonly Relaxable[], leads: (parts: readonly Relaxable[]) => boolean): readonly Relaxable[] {
  return all.reduce<readonly Relaxable[]>((left, part) => {
    const fewer = left.filter((one) => one !== part)
    return leads(fewer) ? fewer : left
  }, all)
}

function* subsetsOf<T>(list: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) yield []
  else {
    for (let i = from; i <= list.length - size; i += 1) {
      for (const rest of subsetsOf(list, size - 1, i + 1)) yield [list[i] as T, ...rest]
    }
  }
}

function cutsOf(graph: Graph, constraints: PathConstraints): NoPath['cut'] {
  const cut: Partial<Record<keyof PathConstraints, number>> = {}
  const { minimize = 'igp', maxDelayUs, maxHops, maxIgpMetric, maxTeMetric } = constraints
  const needed: readonly (readonly [keyof PathConstraints, PathMetric | undefined])[] = [
    ['minimize', minimize],
    ['maxDelayUs', maxDelayUs === undefined ? undefined : 'delay'],
    ['maxHops', maxHops === undefined ? undefined : 'hops'],
    ['maxIgpMetric', maxIgpMetric === undefined ? undefined : 'igp'],
    ['maxTeMetric', maxTeMetric === undefined ? undefined : 'te'],
  ]
  for (const link of graph.links) {
    const untold = (metric: PathMetric | undefined) =>
      metric !== undefined && linkValueOf(graph, link, metric) === undefined && !nodeAt(graph, link.from).pseudonode
    const rule = cutBy(graph, link, constraints)?.rule ?? needed.find(([, metric]) => untold(metric))?.[0]
    if (rule !== undefined) cut[rule] = (cut[rule] ?? 0) + 1
  }
  return cut
}
