import { dataPlaneOf } from '../compile/srv6/data-plane.js'
import type { IntentSet } from '../intents/intent.js'
import { isOptional } from '../lock/demands.js'

/** A single change of the intents, and where it would be made. */
export interface Change {
  readonly text: string
  readonly file: string
  readonly line: number
  readonly intents: IntentSet
}

/** Every single constraint that a Steering depends on, each taken away by itself. */
export function singleRelaxations(intents: IntentSet, steeringName: string): Change[] {
  const steering = intents.steerings.find((one) => one.name === steeringName)
  const chain = steering === undefined ? undefined : intents.chains.get(steering.spec.chain)
  if (steering === undefined || chain === undefined) return []
  const changes: Change[] = []
  const add = (
    text: string,
    at: { readonly file: string; readonly line: number },
    changed: Partial<IntentSet>,
  ): void => {
    changes.push({ text, file: at.file, line: at.line, intents: { ...intents, ...changed } })
  }
  const withChain = (spec: typeof chain.spec): Partial<IntentSet> => ({
    chains: new Map(intents.chains).set(chain.name, { ...chain, spec }),
  })
  const { bounds } = chain.spec
  for (const key of ['delayUs', 'labels', 'sids'] as const) {
    if (bounds?.[key] === undefined) continue
    const { [key]: _, ...rest } = bounds
    add(`without bounds.${key}`, chain.source.at(['spec', 'bounds', key]), withChain({ ...chain.spec, bounds: rest }))
  }
  if (steering.spec.demand !== undefined) {
    const { demand: _, ...spec } = steering.spec
    const steerings = intents.steerings.map((one) => (one === steering ? { ...one, spec } : one))
    add('without its demand', steering.source.at(['spec', 'demand']), { steerings })
    if (chain.spec.mode !== 'pinned') {
      const pinned = { ...chain.spec, mode: 'pinned' } as const
      add('with mode pinned', chain.source.at(['spec', 'mode']), withChain(pinned))
    }
  }
  for (const one of intents.chains.values()) {
    const { disjointFrom, disjointness = 'link', ...others } = one.spec
    if (disjointFrom === undefined || (one !== chain && !disjointFrom.includes(chain.name))) continue
    const chains = (spec: typeof one.spec) => ({ chains: new Map(intents.chains).set(one.name, { ...one, spec }) })
    const at = one.source.at(['spec', 'disjointFrom'])
    add(`without disjointFrom of ${one.name}`, at, chains(others))
    if (disjointness !== 'link') {
      const where = one.source.at(['spec', 'disjointness'])
      add(`with disjointness link in ${one.name}`, where, chains({ ...one.spec, disjointness: 'link' }))
    }
  }
  const plane = dataPlaneOf(chain, intents)
  if (plane !== 'auto') {
    const other = plane === 'mpls' ? 'srv6' : 'mpls'
    const spec = { ...chain.spec, dataPlane: other } as const
    add(`with dataPlane ${other}`, chain.source.at(['spec', 'dataPlane']), withChain(spec))
  }
  const algorithm = chain.spec.algorithm ?? 0
  if (algorithm !== 0) {
    add('with algorithm 0', chain.source.at(['spec', 'algorithm']), withChain({ ...chain.spec, algorithm: 0 }))
  }
  chain.spec.services.forEach((step, i) => {
    if (isOptional(step) || chain.spec.services.length === 1) return
    const name = typeof step === 'string' ? step : 'anyOf' in step ? step.anyOf.join(' or ') : step.service
    const services = chain.spec.services.filter((_, j) => j !== i)
    add(`with ${name} optional`, chain.source.at(['spec', 'services', i]), withChain({ ...chain.spec, services }))
  })
  const flexAlgo = intents.flexAlgos.find((one) => one.spec.algorithm === algorithm)
  if (flexAlgo === undefined) return changes
  const withAlgorithm = (spec: typeof flexAlgo.spec): Partial<IntentSet> => ({
    flexAlgos: intents.flexAlgos.map((one) => (one === flexAlgo ? { ...one, spec } : one)),
  })
  const { affinities = {}, excludeSrlgs = [], nodes, ...others } = flexAlgo.spec
  for (const rule of ['excludeAny', 'includeAny', 'includeAll'] as const) {
    ;(affinities[rule] ?? []).forEach((name, i, all) => {
      // Fewer names make include-any stricter: only the whole rule can go.
      const left = rule === 'includeAny' ? [] : all.filter((_, j) => j !== i)
      const text =
        rule === 'includeAny' ? `without ${rule} of ${flexAlgo.name}` : `without ${name} in ${rule} of ${flexAlgo.name}`
      const spec = { ...flexAlgo.spec, affinities: { ...affinities, [rule]: left } }
      if (rule !== 'includeAny' || i === 0)
        add(text, flexAlgo.source.at(['spec', 'affinities', rule, i]), withAlgorithm(spec))
    })
  }
  excludeSrlgs.forEach((srlg, i) => {
    const spec = { ...flexAlgo.spec, excludeSrlgs: excludeSrlgs.filter((_, j) => j !== i) }
    add(
      `without SRLG ${srlg} in excludeSrlgs of ${flexAlgo.name}`,
      flexAlgo.source.at(['spec', 'excludeSrlgs', i]),
      withAlgorithm(spec),
    )
  })
  if (nodes !== undefined) {
    const spec = { affinities, excludeSrlgs, ...others }
    add(`with every Device in ${flexAlgo.name}`, flexAlgo.source.at(['spec', 'nodes']), withAlgorithm(spec))
  }
  return changes
}
