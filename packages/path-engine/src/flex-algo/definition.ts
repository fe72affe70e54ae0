/** Metric types of RFC 9350 §5.1 that have a name; 128-255 are user-defined. */
export const METRIC_TYPES = { igp: 0, 'min-delay': 1, te: 2 } as const
export type MetricName = keyof typeof METRIC_TYPES

/** One that operators give a meaning: links have it as a generic metric (RFC 9843 §2). */
export const isUserDefined = (metricType: number): boolean => metricType >= 128

/** What a Flex-Algo's paths must obey (RFC 9350 §5); bit positions and SRLG numbers. */
export interface Definition {
  readonly metricType: number
  readonly calculationType: number
  readonly priority: number
  readonly excludeAny: readonly number[]
  readonly includeAny: readonly number[]
  readonly includeAll: readonly number[]
  readonly excludeSrlgs: readonly number[]
  /** The M-flag (RFC 9350 §6.4). */
  readonly prefixMetric: boolean
}

/** A definition as somebody advertises it, or will. */
export interface AdvertisedDefinition {
  readonly definition: Definition
  /** IS-IS system-id or OSPF router-id, as text. */
  readonly systemId: string
  readonly node: string
  /** Parts that this node or BGP-LS could not express; the definition cannot be followed. */
  readonly unsupported?: string
}
