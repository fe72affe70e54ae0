import { claimed, type Literal } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { metricWord } from '../metric-type.js'
import { adminGroups, tooLarge } from './admin-groups.js'
import { configuration, inIgp, withoutOspfV3 } from './places.js'

/** Participation in the IGP; the definition is of the device, and advertised when it is there. */
export const flexAlgo: Express<'flex-algo'> = ({ id, algorithm, definition }, facts) => {
  const participation = { 'source-packet-routing': { 'flex-algorithm': String(algorithm) } }
  const parts: Literal[] = [inIgp(facts, { isis: participation, ospf: participation })]
  const refused = withoutOspfV3(facts)
  if (refused !== undefined) return refused
  if (definition === undefined) return parts.map(configuration)
  const metric = metricWord('Junos', ['igp-metric', 'delay-metric', 'te-metric'], definition.metricType)
  if (typeof metric !== 'string') return metric
  if (definition.excludeSrlgs.length > 0) {
    return { unsupported: 'Junos excludes SRLGs by name, and the plan has their values only' }
  }
  const affinities = [...definition.includeAny, ...definition.includeAll, ...definition.excludeAny]
  const large = tooLarge(affinities)
  if (large !== undefined) return large
  const names = (groups: readonly { readonly name: string }[]): string[] => groups.map(({ name }) => name)
  const groups = {
    'include-any': names(definition.includeAny),
    'include-all': names(definition.includeAll),
    exclude: names(definition.excludeAny),
  }
  const content = {
    'metric-type': metric,
    spf: true as const,
    priority: String(definition.priority),
    'use-flex-algorithm-prefix-metric': definition.prefixMetric ? (true as const) : undefined,
    'admin-group': affinities.length > 0 ? groups : undefined,
  }
  parts.push({
    'routing-options': {
      'flex-algorithm': claimed({ element: id, exact: true }, { name: String(algorithm), definition: content }),
    },
    protocols: { mpls: { 'admin-groups': adminGroups(id, affinities) } },
  })
  return parts.map(configuration)
}
