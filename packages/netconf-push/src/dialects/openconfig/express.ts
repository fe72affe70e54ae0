import type { LabelRange } from '@segchain/records'
import { type DataNode, interior } from '../../model/index.js'
import type { Express } from '../dialect.js'
import { entryOf, inInstance, inIsis, LEVEL, loopbackName } from './places.js'
import * as schema from './schema.js'

const MPLS = 'MPLS'
const NAME = 'segchain'

/** Label blocks have names there: ours begin with `segchain`. */
export const segmentRouting: Express<'segment-routing'> = ({ id, srgb, srlb = [] }, facts) => {
  if (srlb.length > 1) return { unsupported: 'an SRLB of OpenConfig is one block' }
  const claim = { element: id, exact: true }
  const block = (name: string, range: LabelRange): DataNode =>
    entryOf(
      schema.labelBlock,
      { 'local-id': name },
      { 'lower-bound': String(range.first), 'upper-bound': String(range.first + range.size - 1) },
      [],
      claim,
    )
  const names = srgb.map((_, index) => `${NAME}-srgb-${index + 1}`)
  const blocks = [
    ...srgb.map((range, index) => block(names[index] ?? NAME, range)),
    ...srlb.map((range) => block(`${NAME}-srlb`, range)),
  ]
  const sr = [
    interior(schema.srgbs, {}, [
      entryOf(schema.srgb, { 'local-id': NAME }, { 'dataplane-type': MPLS, 'mpls-label-blocks': names }, [], claim),
    ]),
    ...(srlb.length === 0
      ? []
      : [
          interior(schema.srlbs, {}, [
            entryOf(
              schema.srlb,
              { 'local-id': NAME },
              { 'dataplane-type': MPLS, 'mpls-label-block': `${NAME}-srlb` },
              [],
              claim,
            ),
          ]),
        ]),
  ]
  const config = { enabled: 'true', srgb: NAME, srlb: srlb.length === 0 ? undefined : NAME }
  return [
    inInstance([
      interior(schema.mpls, {}, [interior(schema.mplsGlobal, {}, [interior(schema.labelBlocks, {}, blocks)])]),
      interior(schema.segmentRouting, {}, sr),
    ]),
    inIsis(facts.igpInstance, [
      interior(schema.isisGlobal, {}, [
        interior(schema.isisSr, {}, [interior(schema.isisSrConfig, config, [], { element: id })]),
      ]),
    ]),
  ]
}

export const loopback: Express<'loopback'> = ({ id, prefix, number }, facts) => {
  const [ip = '', length = ''] = prefix.split('/')
  const v6 = ip.includes(':')
  const address = entryOf(v6 ? schema.ipv6Address : schema.ipv4Address, { ip }, { 'prefix-length': length })
  const family = v6
    ? interior(schema.ipv6, {}, [interior(schema.ipv6Addresses, {}, [address])])
    : interior(schema.ipv4, {}, [interior(schema.ipv4Addresses, {}, [address])])
  const name = loopbackName(number)
  const claim = { element: id }
  return [
    interior(schema.interfaces, {}, [
      entryOf(
        schema.interfaceEntry,
        { name },
        { type: 'iana-if-type:softwareLoopback' },
        [interior(schema.subinterfaces, {}, [entryOf(schema.subinterface, { index: '0' }, {}, [family])])],
        claim,
      ),
    ]),
    inIsis(facts.igpInstance, [
      interior(schema.isisInterfaces, {}, [
        entryOf(schema.isisInterface, { 'interface-id': name }, { enabled: 'true', passive: 'true' }, [], claim),
      ]),
    ]),
  ]
}

/** The SID is a label, on the interface that has the prefix. */
export const prefixSid: Express<'prefix-sid'> = (element, facts) => {
  const { id, prefix, algorithm, label, lastHopBehavior, nodeFlag } = element
  const number = facts.loopbacks.get(prefix)
  if (number === undefined)
    return {
      unsupported: `OpenConfig has prefix-SIDs on interfaces, and the plan has no loopback with ${prefix} on this device`,
    }
  if (!nodeFlag)
    return { unsupported: 'OpenConfig has no N-flag: an anycast SID would be advertised as one of this node alone' }
  if (algorithm === 1) return { unsupported: 'OpenConfig has no prefix-SIDs of strict SPF' }
  if (algorithm >= 128 && lastHopBehavior !== 'php')
    return { unsupported: `OpenConfig has no ${lastHopBehavior} for prefix-SIDs of a Flex-Algo` }
  const options = { php: undefined, 'no-php': 'NO_PHP', 'explicit-null': 'EXPLICIT_NULL' }[lastHopBehavior]
  const claim = { element: id, exact: true }
  const sids =
    algorithm >= 128
      ? interior(schema.flexAlgoSids, {}, [
          entryOf(
            schema.flexAlgoSid,
            { prefix, 'flex-algo-id': String(algorithm) },
            { 'sid-id': String(label) },
            [],
            claim,
          ),
        ])
      : interior(schema.prefixSids, {}, [
          entryOf(schema.prefixSid, { prefix }, { 'sid-id': String(label), 'label-options': options }, [], claim),
        ])
  const family = prefix.includes(':') ? 'IPV6' : 'IPV4'
  const names = { 'afi-name': `openconfig-isis-types:${family}`, 'safi-name': 'openconfig-isis-types:UNICAST' }
  const afs = interior(schema.afiSafi, {}, [entryOf(schema.af, names, {}, [interior(schema.afSr, {}, [sids])])])
  const levels = interior(schema.levels, {}, [entryOf(schema.level, { 'level-number': LEVEL }, {}, [afs])])
  return [
    inIsis(facts.igpInstance, [
      interior(schema.isisInterfaces, {}, [
        entryOf(schema.isisInterface, { 'interface-id': loopbackName(number) }, {}, [levels]),
      ]),
    ]),
  ]
}

/** RFC 9350 §5.1. */
const metricTypes: Readonly<Record<number, string>> = { 0: 'IGP', 1: 'MIN_DELAY', 2: 'TE_METRIC' }

export const flexAlgo: Express<'flex-algo'> = ({ id, algorithm, definition }, facts) => {
  const number = String(algorithm)
  const claim = { element: id, exact: true }
  const binding = entryOf(
    schema.binding,
    { 'flex-algo-id': number },
    { 'isis-level': `LEVEL_${LEVEL}`, advertised: String(definition !== undefined), participate: 'true' },
    [],
    claim,
  )
  const bound = inIsis(facts.igpInstance, [
    interior(schema.isisGlobal, {}, [interior(schema.isisSr, {}, [interior(schema.bindings, {}, [binding])])]),
  ])
  if (definition === undefined) return [bound]
  const metric = metricTypes[definition.metricType]
  if (metric === undefined) return { unsupported: `OpenConfig has no metric-type ${definition.metricType}` }
  if (definition.excludeSrlgs.length > 0)
    return { unsupported: 'OpenConfig excludes SRLGs by name, and the plan has their values only' }
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
    },
    [],
    claim,
  )
  const affinities = [...definition.excludeAny, ...definition.includeAll, ...definition.includeAny]
  const groups = affinities.map(({ name, bit }) =>
    entryOf(schema.adminGroup, { 'admin-group-name': name }, { 'bit-position': String(bit) }, [], { element: id }),
  )
  const flexAlgorithm = interior(schema.flexAlgorithm, {}, [
    interior(schema.definitions, {}, [algorithmEntry]),
    ...(groups.length === 0 ? [] : [interior(schema.faGlobal, {}, [interior(schema.adminGroups, {}, groups)])]),
  ])
  return [inInstance([flexAlgorithm]), bound]
}
