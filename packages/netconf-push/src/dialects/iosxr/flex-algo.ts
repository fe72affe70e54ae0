import { claimed } from '../../model/index.js'
import { unsayableName } from '../affinity-name.js'
import type { Express } from '../dialect.js'
import { metricWord } from '../metric-type.js'
import { attributesOf, mapEntries, namesOf } from './affinities.js'
import { inIgp, missing } from './places.js'

export const flexAlgo: Express<'flex-algo'> = ({ id, algorithm, definition }, facts) => {
  const number = String(algorithm)
  const claim = { element: id, exact: true }
  const refused = missing(facts)
  if (refused !== undefined) return refused
  if (definition === undefined) {
    return [
      inIgp(facts, {
        isis: { 'flex-algoes': { 'flex-algo': claimed(claim, { 'flex-algo-number': number }) } },
        ospf: { 'flex-algos': { 'flex-algo': claimed(claim, { 'algorithm-number': number }) } },
      }),
    ]
  }
  const { excludeAny, includeAny, includeAll, priority, prefixMetric, metricType, excludeSrlgs } = definition
  const metric = metricWord('IOS XR', ['igp', 'delay', 'te'], metricType)
  if (typeof metric !== 'string') return metric
  if (excludeSrlgs.length > 0) {
    return { unsupported: 'IOS XR excludes SRLGs by name, and the plan has their values only' }
  }
  const all = [...excludeAny, ...includeAny, ...includeAll]
  const unsayable = unsayableName(all)
  if (unsayable !== undefined) return unsayable
  const some = <T>(list: readonly unknown[], content: T): T | undefined => (list.length > 0 ? content : undefined)
  const isis = {
    'flex-algo-number': number,
    affinity: {
      'exclude-any': some(excludeAny, { 'exclude-any-argument': namesOf(excludeAny) }),
      'include-any': some(includeAny, { 'include-any-argument': namesOf(includeAny) }),
      'include-all': some(includeAll, { 'include-all-argument': namesOf(includeAll) }),
    },
    priority: String(priority),
    'metric-type': metric === 'igp' ? undefined : metric,
    'advertise-definition': true as const,
    'prefix-metric': prefixMetric ? (true as const) : undefined,
  }
  const ospf = {
    'algorithm-number': number,
    priority: String(priority),
    'metric-type': metric === 'igp' ? undefined : { [metric === 'te' ? 'te-metric' : metric]: {} },
    'advertise-definition': {},
    'prefix-metric': prefixMetric ? {} : undefined,
    affinity: {
      'exclude-any': some(excludeAny, attributesOf(excludeAny)),
      'include-any': some(includeAny, attributesOf(includeAny)),
      'include-all': some(includeAll, attributesOf(includeAll)),
    },
  }
  const map = mapEntries(id, all)
  return [
    inIgp(facts, {
      isis: { 'affinity-maps': { 'affinity-map': map }, 'flex-algoes': { 'flex-algo': claimed(claim, isis) } },
      ospf: {
        'affinity-map': { 'affinity-attributes': { 'affinity-attribute': map } },
        'flex-algos': { 'flex-algo': claimed(claim, ospf) },
      },
    }),
  ]
}
