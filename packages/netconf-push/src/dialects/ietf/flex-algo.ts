import type { FlexAlgoDefinitionIntent } from '@segchain/records'
import { type Content, interior } from '../../model/data-node.js'
import type { DataNode } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { isIsis } from '../facts.js'
import { adminGroup } from './admin-group.js'
import { inIsis, missing } from './places.js'
import * as schema from './schema.js'

/** The metric-types of RFC 9350 §5.1 with their identities in iana-igp-metric-types. */
const metricTypes: Readonly<Record<number, string>> = {
  0: 'igp-metric',
  1: 'min-unidirectional-link-delay',
  2: 'te-default-metric',
}

/** Participation, and with a definition the FAD; the list entry is ours as a whole. */
export const flexAlgo: Express<'flex-algo'> = (element, facts) => {
  if (!isIsis(facts)) return { unsupported: 'the models have no Flex-Algo for OSPF' }
  const absent = missing(facts, 'ietf-isis-flex-algo')
  if (absent !== undefined) return absent
  const { definition } = element
  const metric = definition === undefined ? undefined : metricTypes[definition.metricType]
  if (definition !== undefined && metric === undefined) {
    return { unsupported: `metric-type ${definition.metricType} has no identity in iana-igp-metric-types` }
  }
  const values: Content = {
    'algo-number': String(element.algorithm),
    'advertise-definition': String(definition !== undefined),
    'exclude-srlgs': definition?.excludeSrlgs.map(String),
    'metric-type': metric === undefined ? undefined : `iana-igp-metric-types:${metric}`,
    priority: definition === undefined ? undefined : String(definition.priority),
  }
  const below = definition === undefined ? [] : constraints(definition)
  const entry = interior(schema.flexAlgo, values, below, { element: element.id, exact: true })
  return [inIsis(facts, [interior(schema.isisFlexAlgo, {}, [entry])])]
}

function constraints(definition: FlexAlgoDefinitionIntent): DataNode[] {
  const groups = interior(schema.adminGroups, {
    'exclude-admin-groups': adminGroup(definition.excludeAny),
    'include-any-admin-groups': adminGroup(definition.includeAny),
    'include-all-admin-groups': adminGroup(definition.includeAll),
  })
  return [
    ...(groups.children.length > 0 ? [groups] : []),
    ...(definition.prefixMetric ? [interior(schema.prefixMetric, {})] : []),
  ]
}
