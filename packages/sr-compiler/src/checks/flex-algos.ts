import type { Problems } from '../compile/problems.js'
import type { Intent, IntentSet } from '../intents/intent.js'
import type { FlexAlgoIntent } from '../intents/schema/index.js'

/** Definitions that no link can meet, whatever its colours (RFC 9350 §13). */
export function checkFlexAlgos({ flexAlgos }: IntentSet, problems: Problems): void {
  for (const one of flexAlgos) {
    const why = contradiction(one)
    if (why === undefined) continue
    const where = one.source.at(['spec', 'affinities', why.rule, why.number])
    problems.add('CONTRADICTION', where, `no link can be in algorithm ${one.spec.algorithm}: ${why.text}`, why.hint)
  }
}

function contradiction({ spec }: Intent<FlexAlgoIntent>) {
  const { excludeAny = [], includeAll = [], includeAny = [] } = spec.affinities ?? {}
  const hint = 'take it from one of the two'
  const both = includeAll.findIndex((name) => excludeAny.includes(name))
  if (both >= 0) {
    const text = `includeAll and excludeAny both name ${includeAll[both]}`
    return { rule: 'includeAll', number: both, text, hint } as const
  }
  if (includeAny.length === 0 || !includeAny.every((name) => excludeAny.includes(name))) return undefined
  const text = `excludeAny names all that includeAny asks for (${includeAny.join(', ')})`
  return { rule: 'includeAny', number: 0, text, hint } as const
}
