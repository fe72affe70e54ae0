import { predictedNetwork } from '../network.js'
import type { Recording } from '../recording.js'

/** What each router pays for each prefix-SID of IPv4, `16003 20`, by FRR and as predicted. */
export interface Metrics {
  readonly router: string
  readonly predicted: readonly string[]
  readonly frr: readonly string[]
}

/** The costs of the routes: links by the algorithm, and the metric of the prefix (RFC 9350 §13.1). */
export function pathMetrics(recording: Recording): Metrics[] {
  const network = predictedNetwork(recording)
  return [...recording.metrics].flatMap(([router, byAlgorithm]) => {
    const node = recording.graph.nodes.find((one) => one.record?.name === router)?.index ?? -1
    return [...byAlgorithm].map(([algorithm, metrics]) => {
      const sids = network.sids.filter((sid) => sid.algorithm === algorithm && !sid.prefix.includes(':'))
      const away = sids.filter((sid) => sid.members.every((member) => member.node !== node))
      const line = (prefix: string, metric: number | undefined): string => `${algorithm} ${prefix} ${metric}`
      const reached = (metric: number | undefined): boolean => metric !== undefined && Number.isFinite(metric)
      return {
        router,
        predicted: away
          .map((sid) => ({ sid, metric: network.routes(sid)?.distance[node] }))
          .filter(({ metric }) => reached(metric))
          .map(({ sid, metric }) => line(sid.prefix, metric)),
        frr: away
          .map((sid) => ({ sid, metric: metrics.get(sid.prefix) }))
          .filter(({ metric }) => reached(metric))
          .map(({ sid, metric }) => line(sid.prefix, metric)),
      }
    })
  })
}
