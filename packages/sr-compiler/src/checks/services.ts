import type { Problems } from '../compile/problems.js'
import type { IntentSet } from '../intents/intent.js'
import { servicesOf } from '../lock/demands.js'

/** SIDs that are asked for and that nobody will use. */
export function checkServices({ services, chains, flexAlgos }: IntentSet, problems: Problems): void {
  const defined = new Set(['0', '1', ...flexAlgos.map(({ spec }) => String(spec.algorithm))])
  const used = new Set(
    [...chains.values()].flatMap((chain) =>
      servicesOf(chain).map((service) => `${service}|${chain.spec.algorithm ?? 0}`),
    ),
  )
  for (const { name, spec, source } of services.values()) {
    for (const algorithm of Object.keys(spec.index ?? {})) {
      if (defined.has(algorithm) || used.has(`${name}|${algorithm}`)) continue
      const message = `no FlexAlgo defines algorithm ${algorithm}, and no chain takes ${name} over it`
      problems.warn(
        'INDEX_WITHOUT_EFFECT',
        source.at(['spec', 'index', algorithm]),
        message,
        `a FlexAlgo ${algorithm}, or another algorithm here`,
      )
    }
  }
}
