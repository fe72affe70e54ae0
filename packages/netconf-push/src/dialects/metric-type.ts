import type { Unsupported } from './dialect.js'

/** The metric-types of RFC 9350 §5.1 in a dialect's words; by their position 0, 1, 2. */
export function metricWord(
  dialect: string,
  [igp, delay, te]: readonly [igp: string, delay: string, te: string],
  metricType: number,
): string | Unsupported {
  const word = [igp, delay, te][metricType]
  return word ?? { unsupported: `${dialect} has no word for metric-type ${metricType}` }
}
