import { unsayableName } from '../affinity-name.js'
import { isIsis } from '../facts.js'
import { metricWord } from '../metric-type.js'
import { affinityMap } from './affinity-map.js'
import type { Express } from './expression.js'
import { igpBlock } from './places.js'
import type { OwnedBlock, Statement } from './statement.js'

export const flexAlgo: Express<'flex-algo'> = ({ id, algorithm, definition }, facts) => {
  if (!isIsis(facts)) return { unsupported: 'OSPF of FRR has no Flex-Algo' }
  const block = `flex-algo ${algorithm}`
  const context = [igpBlock(facts), block]
  const owned: OwnedBlock[] = [{ context, element: id }]
  const inBlock = (line: string): Statement => ({ context, line, key: line.split(' ')[0] ?? line, element: id })
  if (definition === undefined) return { statements: [inBlock('dataplane sr-mpls')], owned }
  const unsayable = unsayableName([...definition.excludeAny, ...definition.includeAny, ...definition.includeAll])
  if (unsayable !== undefined) return unsayable
  const metric = metricWord('FRR', ['igp', 'delay', 'te'], definition.metricType)
  if (typeof metric !== 'string') return metric
  if (definition.excludeSrlgs.length > 0) return { unsupported: 'FRR has no SRLG constraint' }
  const rules = [
    ['exclude-any', definition.excludeAny],
    ['include-any', definition.includeAny],
    ['include-all', definition.includeAll],
  ] as const
  const statements: Statement[] = [inBlock('dataplane sr-mpls'), inBlock('advertise-definition')]
  for (const [rule, affinities] of rules) {
    // The map is global, and must be there first.
    statements.unshift(...affinityMap(id, affinities))
    if (affinities.length === 0) continue
    const key = `affinity ${rule}`
    statements.push({ context, line: `${key} ${affinities.map(({ name }) => name).join(' ')}`, key, element: id })
  }
  // The IGP metric and priority 128 are the defaults, which running-config does not show.
  if (definition.metricType !== 0) statements.push(inBlock(`metric-type ${metric}`))
  if (definition.priority !== 128) statements.push(inBlock(`priority ${definition.priority}`))
  if (definition.prefixMetric) statements.push(inBlock('prefix-metric'))
  return { statements, owned }
}
