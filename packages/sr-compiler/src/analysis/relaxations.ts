import { dataPlaneOf } from '../compile/srv6/data-plane.js'
import type { Intent, IntentSet } from '../intents/intent.js'
import type { ChainIntent, FlexAlgoIntent } from '../intents/schema/index.js'
import type { Path } from '../intents/source.js'
import { isOptional } from '../lock/demands.js'

/** A single change of the intents, and where it would be made. */
export interface Change {
  readonly text: string
  readonly file: string
  readonly line: number
  readonly apply: (intents: IntentSet) => IntentSet
}

type Chain = Intent<ChainIntent>

/** Every single constraint that a Steering depends on, each taken away by itself. */
export function singleRelaxations(intents: IntentSet, steeringName: string): Change[] {
  const steering = intents.steerings.find((one) => one.name === steeringName)
  const chain = steering === undefined ? undefined : intents.chains.get(steering.spec.chain)
  if (steering === undefined || chain === undefined) return []
  return [
    ...boundChanges(chain),
    ...demandChanges(steering, chain),
    ...disjointChanges(intents, chain),
    ...planeChanges(intents, chain),
    ...serviceChanges(chain),
    ...flexAlgoChanges(intents, chain.spec.algorithm ?? 0),
  ]
}

function changeAt(
  { source }: Pick<Intent<ChainIntent | FlexAlgoIntent>, 'source'>,
  path: Path,
  text: string,
  apply: Change['apply'],
): Change {
  const { file, line } = source.at(path)
  return { text, file, line, apply }
}

/** A chain with something else in its spec, whatever was changed in it before. */
function inChain({ name }: Chain, change: (spec: Chain['spec']) => Chain['spec']): Change['apply'] {
  return (intents) => {
    const chain = intents.chains.get(name)
    if (chain === undefined) return intents
    return { ...intents, chains: new Map(intents.chains).set(name, { ...chain, spec: change(chain.spec) }) }
  }
}

function boundChanges(chain: Chain): Change[] {
  return (['delayUs', 'labels', 'sids'] as const).flatMap((key): Change[] => {
    if (chain.spec.bounds?.[key] === undefined) return []
    const apply = inChain(chain, (spec) => {
      const { [key]: _, ...bounds } = spec.bounds ?? {}
      return { ...spec, bounds }
    })
    return [changeAt(chain, ['spec', 'bounds', key], `without bounds.${key}`, apply)]
  })
}

function demandChanges(steering: IntentSet['steerings'][number], chain: Chain): Change[] {
  if (steering.spec.demand === undefined) return []
  const without = (intents: IntentSet): IntentSet => ({
    ...intents,
    steerings: intents.steerings.map((one) => {
      if (one.name !== steering.name) return one
      const { demand: _, ...spec } = one.spec
      return { ...one, spec }
    }),
  })
  const { file, line } = steering.source.at(['spec', 'demand'])
  const pinned = inChain(chain, (spec) => ({ ...spec, mode: 'pinned' }))
  return [
    { text: 'without its demand', file, line, apply: without },
    ...(chain.spec.mode === 'pinned' ? [] : [changeAt(chain, ['spec', 'mode'], 'with mode pinned', pinned)]),
  ]
}

function disjointChanges(intents: IntentSet, chain: Chain): Change[] {
  return [...intents.chains.values()].flatMap((one): Change[] => {
    const { disjointFrom, disjointness = 'link' } = one.spec
    if (disjointFrom === undefined || (one !== chain && !disjointFrom.includes(chain.name))) return []
    const without = inChain(one, ({ disjointFrom: _, disjointness: __, ...spec }) => spec)
    const link = inChain(one, (spec) => ({ ...spec, disjointness: 'link' }))
    return [
      changeAt(one, ['spec', 'disjointFrom'], `without disjointFrom of ${one.name}`, without),
      ...(disjointness === 'link'
        ? []
        : [changeAt(one, ['spec', 'disjointness'], `with disjointness link in ${one.name}`, link)]),
    ]
  })
}

function planeChanges(intents: IntentSet, chain: Chain): Change[] {
  const plane = dataPlaneOf(chain, intents)
  const other = plane === 'mpls' ? 'srv6' : 'mpls'
  const onOther = inChain(chain, (spec) => ({ ...spec, dataPlane: other }))
  const zero = inChain(chain, (spec) => ({ ...spec, algorithm: 0 }))
  return [
    ...(plane === 'auto' ? [] : [changeAt(chain, ['spec', 'dataPlane'], `with dataPlane ${other}`, onOther)]),
    ...((chain.spec.algorithm ?? 0) === 0 ? [] : [changeAt(chain, ['spec', 'algorithm'], 'with algorithm 0', zero)]),
  ]
}

function serviceChanges(chain: Chain): Change[] {
  if (chain.spec.services.length === 1) return []
  return chain.spec.services.flatMap((step, i): Change[] => {
    if (isOptional(step)) return []
    const name = typeof step === 'string' ? step : 'anyOf' in step ? step.anyOf.join(' or ') : step.service
    const apply = inChain(chain, (spec) => {
      const services = spec.services.filter((one) => one !== step)
      return services.length === 0 ? spec : { ...spec, services }
    })
    return [changeAt(chain, ['spec', 'services', i], `with ${name} optional`, apply)]
  })
}

function flexAlgoChanges(intents: IntentSet, algorithm: number): Change[] {
  const flexAlgo = intents.flexAlgos.find((one) => one.spec.algorithm === algorithm)
  if (flexAlgo === undefined) return []
  const { name, spec } = flexAlgo
  const within = (change: (spec: FlexAlgoIntent['spec']) => FlexAlgoIntent['spec']): Change['apply'] => {
    return (all) => ({
      ...all,
      flexAlgos: all.flexAlgos.map((one) => (one.name === name ? { ...one, spec: change(one.spec) } : one)),
    })
  }
  const { affinities = {}, excludeSrlgs = [] } = spec
  const byRule = (['excludeAny', 'includeAny', 'includeAll'] as const).flatMap((rule) =>
    (affinities[rule] ?? []).flatMap((affinity, i): Change[] => {
      // Fewer names make include-any stricter: only the whole rule can go.
      const isWhole = rule === 'includeAny'
      if (isWhole && i > 0) return []
      const apply = within((now) => ({
        ...now,
        affinities: {
          ...now.affinities,
          [rule]: isWhole ? [] : (now.affinities?.[rule] ?? []).filter((one) => one !== affinity),
        },
      }))
      const text = isWhole ? `without ${rule} of ${name}` : `without ${affinity} in ${rule} of ${name}`
      return [changeAt(flexAlgo, ['spec', 'affinities', rule, i], text, apply)]
    }),
  )
  const bySrlg = excludeSrlgs.map((srlg, i) => {
    const apply = within((now) => ({ ...now, excludeSrlgs: (now.excludeSrlgs ?? []).filter((one) => one !== srlg) }))
    return changeAt(flexAlgo, ['spec', 'excludeSrlgs', i], `without SRLG ${srlg} in excludeSrlgs of ${name}`, apply)
  })
  const everybody = within(({ nodes: _, ...now }) => now)
  const byNodes =
    spec.nodes === undefined ? [] : [changeAt(flexAlgo, ['spec', 'nodes'], `with every Device in ${name}`, everybody)]
  return [...byRule, ...bySrlg, ...byNodes]
}
