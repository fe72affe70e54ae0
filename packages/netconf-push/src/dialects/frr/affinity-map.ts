import type { Affinity } from '@segchain/records'
import type { Statement } from './statement.js'

/** Names and bits, for the whole router. */
export function affinityMap(element: string, affinities: readonly Affinity[]): Statement[] {
  return affinities.map(({ name, bit }) => {
    const key = `affinity-map ${name} bit-position`
    return { context: [], line: `${key} ${bit}`, key, element }
  })
}
