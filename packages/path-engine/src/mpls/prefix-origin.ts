import type { PrefixRecord, PrefixSid } from '@segchain/records'

/**
 * Whether the router that advertises the prefix has it from another area, level or protocol, and not of its own.
 * IS-IS: the R-flag of the prefix-SID (RFC 8667 §2.1.1.2) or of the prefix (RFC 7794). OSPF: the route is not of the
 * area, and not one that the border router is attached to itself (the A-flag, RFC 7684 §2.1).
 */
export function isReadvertised(record: PrefixRecord, sid: Pick<PrefixSid, 'flags'>): boolean {
  const attributes = record.attributeFlags ?? []
  if (record.ospfRouteType !== undefined) return isFromElsewhere(record, sid) && !attributes.includes('attached')
  return sid.flags.includes('readvertisement') || attributes.includes('readvertisement')
}

/**
 * Which of several advertisements a router takes, the smaller before the larger: in OSPF routes of the area,
 * then of other areas, then external ones (RFC 2328 §11); in IS-IS what is not leaked down a level (RFC 5302 §3.2).
 */
export function preferenceOf({ ospfRouteType, igpFlags }: PrefixRecord): number {
  if (ospfRouteType !== undefined) return OSPF_PREFERENCE[ospfRouteType] ?? 0
  return igpFlags?.includes('down') ? 2 : 0
}

const OSPF_PREFERENCE: Readonly<Record<string, number>> = {
  'intra-area': 0,
  'inter-area': 1,
  'external-1': 2,
  'nssa-1': 2,
  'external-2': 3,
  'nssa-2': 3,
}

/**
 * The metric of the prefix itself. In a Flex-Algo whose definition has the M-flag, a prefix of another area or level
 * has the metric of the algorithm, and cannot be reached without one; that metric is ignored for prefixes of the
 * area itself, and without the M-flag. In every other case the IGP's counts (RFC 9350 §13.1; so does FRR 10.7).
 */
export function prefixCost(
  record: PrefixRecord,
  sid: Pick<PrefixSid, 'flags' | 'algorithm'>,
  asksForMetric: boolean,
): number | undefined {
  if (isUnreachable(record)) return undefined
  if (sid.algorithm < 128 || !asksForMetric || !isFromElsewhere(record, sid)) return record.metric ?? 0
  return record.flexAlgoMetrics?.find((metric) => metric.algorithm === sid.algorithm)?.metric
}

/** Above it a prefix of IS-IS is not for routing (RFC 5305 §4, RFC 5308 §2). */
const MAX_PATH_METRIC = 0xfe00_0000
/** Of a route from elsewhere in OSPF: it cannot be reached (RFC 2328 §16.2, §16.4). */
const LS_INFINITY = 0xff_ffff

function isUnreachable({ ospfRouteType, metric = 0 }: PrefixRecord): boolean {
  if (ospfRouteType === undefined) return metric > MAX_PATH_METRIC
  return ospfRouteType !== 'intra-area' && metric >= LS_INFINITY
}

/** Leaked from another area or level, or external. */
function isFromElsewhere(
  { ospfRouteType, igpFlags, attributeFlags }: PrefixRecord,
  sid: Pick<PrefixSid, 'flags'>,
): boolean {
  if (ospfRouteType !== undefined) return ospfRouteType !== 'intra-area'
  const attributes = ['external', 'readvertisement']
  return (
    sid.flags.includes('readvertisement') ||
    (igpFlags?.includes('down') ?? false) ||
    (attributeFlags?.some((flag) => attributes.includes(flag)) ?? false)
  )
}
