import type { LabelRange, PlanElement } from '@segchain/records'
import type { DeviceFacts, Unsupported } from '../dialect.js'
import { globalBlock } from './global-block.js'
import type { FrrExpression, OwnedBlock, Statement } from './statement.js'

type ElementOf<K extends PlanElement['kind']> = Extract<PlanElement, { kind: K }>
type Express<K extends PlanElement['kind']> = (element: ElementOf<K>, facts: DeviceFacts) => FrrExpression | Unsupported

const isis = (facts: DeviceFacts): string => `router isis ${facts.igpInstance}`

const words = (range: LabelRange): string => `${range.first} ${range.first + range.size - 1}`

const segmentRouting: Express<'segment-routing'> = ({ id, srgb, srlb = [] }, facts) => {
  const [block, ...more] = srgb
  const [local, ...moreLocal] = srlb
  if (block === undefined || more.length > 0) return { unsupported: 'FRR has one SRGB range' }
  if (moreLocal.length > 0) return { unsupported: 'FRR has one SRLB range' }
  const context = [isis(facts)]
  return {
    statements: [
      { context, line: 'segment-routing on', key: 'segment-routing on', element: id },
      globalBlock(context, id, words(block), local === undefined ? undefined : words(local)),
    ],
  }
}

/** The addresses of all loopbacks are on `lo`: FRR makes no interfaces. */
const loopback: Express<'loopback'> = ({ id, prefix }, facts) => {
  const family = prefix.includes(':') ? 'ipv6' : 'ip'
  const context = ['interface lo']
  return {
    statements: [
      { context, line: `${family} address ${prefix}`, key: `${family} address ${prefix}`, element: id },
      {
        context,
        line: `${family} router isis ${facts.igpInstance}`,
        key: `${family} router isis`,
        element: id,
      },
    ],
  }
}

const MAX_INDEX = 65_535

const prefixSid: Express<'prefix-sid'> = (element, facts) => {
  if (element.index > MAX_INDEX) return { unsupported: `FRR has SID indexes up to ${MAX_INDEX}` }
  if (element.algorithm !== 0 && element.algorithm < 128)
    return { unsupported: `FRR has no SIDs of algorithm ${element.algorithm}` }
  const algorithm = element.algorithm === 0 ? '' : ` algorithm ${element.algorithm}`
  const key = `segment-routing prefix ${element.prefix}${algorithm}`
  const behavior = { php: '', 'no-php': ' no-php-flag', 'explicit-null': ' explicit-null' }[element.lastHopBehavior]
  const nFlag = element.nodeFlag ? '' : ' n-flag-clear'
  const line = `${key} index ${element.index}${behavior}${nFlag}`
  // Without an algorithm the key would also begin the lines of the same prefix in other algorithms.
  return { statements: [{ context: [isis(facts)], line, key: `${key} index`, element: element.id }] }
}

/** RFC 9350 §5.1. */
const metricTypes: Readonly<Record<number, string>> = { 0: 'igp', 1: 'delay', 2: 'te' }

const flexAlgo: Express<'flex-algo'> = ({ id, algorithm, definition }, facts) => {
  const block = `flex-algo ${algorithm}`
  const context = [isis(facts), block]
  const owned: OwnedBlock[] = [{ context, element: id }]
  const inBlock = (line: string): Statement => ({ context, line, key: line.split(' ')[0] ?? line, element: id })
  if (definition === undefined) return { statements: [inBlock('dataplane sr-mpls')], owned }
  const metric = metricTypes[definition.metricType]
  if (metric === undefined) return { unsupported: `FRR has no metric-type ${definition.metricType}` }
  if (definition.excludeSrlgs.length > 0) return { unsupported: 'FRR has no SRLG constraint' }
  const rules = [
    ['exclude-any', definition.excludeAny],
    ['include-any', definition.includeAny],
    ['include-all', definition.includeAll],
  ] as const
  const statements: Statement[] = [inBlock('dataplane sr-mpls'), inBlock('advertise-definition')]
  for (const [rule, affinities] of rules) {
    for (const { name, bit } of affinities) {
      // The map is global, and must be there first.
      const map = `affinity-map ${name} bit-position`
      statements.unshift({ context: [], line: `${map} ${bit}`, key: map, element: id })
    }
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

/** Each kind of plan element in the words of FRR; kinds that are not here are for another tool. */
export const expressions: { readonly [K in PlanElement['kind']]?: Express<K> } = {
  'segment-routing': segmentRouting,
  loopback,
  'prefix-sid': prefixSid,
  'flex-algo': flexAlgo,
}
