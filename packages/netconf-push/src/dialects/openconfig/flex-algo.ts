import { interior } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { isisLevel } from '../facts.js'
import { metricWord } from '../metric-type.js'
import { globalAttributes } from './global-attributes.js'
import { entryOf, inInstance, inIsis, onlyIsis } from './places.js'
import * as schema from './schema.js'

export const flexAlgo: Express<'flex-algo'> = ({ id, algorithm, definition }, facts) => {
  const refused = onlyIsis(facts)
  if (refused !== undefined) return refused
  const number = String(algorithm)
  const claim = { element: id, exact: true }
  const binding = entryOf(
    schema.binding,
    { 'flex-algo-id': number },
    {
      'isis-level': `LEVEL_${isisLevel(facts) ?? 2}`,
      advertised: String(definition !== undefined),
      participate: 'true',
    },
    [],
    claim,
  )
  const bound = inIsis(facts.igpInstance, [
    interior(schema.isisGlobal, {}, [interior(schema.isisSr, {}, [interior(schema.bindings, {}, [binding])])]),
  ])
  if (definition === undefined) return [bound]
  const metric = metricWord('OpenConfig', ['IGP', 'MIN_DELAY', 'TE_METRIC'], definition.metricType)
  if (typeof metric !== 'string') return metric
  if (definition.prefixMetric) return { unsupported: 'OpenConfig has no word for the M-flag alone' }
  const names = (affinities: readonly { readonly name: string }[]): string[] => affinities.map(({ name }) => name)
  const algorithmEntry = entryOf(
    schema.algorithm,
    { 'flex-algo-id': number },
    {
      'metric-type': metric,
      'calc-type': '0',
      priority: String(definition.priority),
      exclude: names(definition.excludeAny),
      'include-all': names(definition.includeAll),
      'include-any': names(definition.includeAny),
      'srlg-exclude': definition.excludeSrlgs.map(srlgName),
    },
    [],
    claim,
  )
  const affinities = [...definition.excludeAny, ...definition.includeAll, ...definition.includeAny]
  // SRLGs have names there: ours are made of their values.
  const srlgs = definition.excludeSrlgs.map((value) =>
    entryOf(schema.srlg, { name: srlgName(value) }, { value: String(value) }, [], { element: id }),
  )
  const flexAlgorithm = interior(schema.flexAlgorithm, {}, [
    interior(schema.definitions, {}, [algorithmEntry]),
    globalAttributes(id, affinities, srlgs),
  ])
  return [inInstance([flexAlgorithm]), bound]
}

function srlgName(value: number): string {
  return `segchain-${value}`
}
