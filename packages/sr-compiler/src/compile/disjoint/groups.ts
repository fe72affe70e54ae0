import type { Disjointness } from '@segchain/path-engine'
import type { Intent, IntentSet } from '../../intents/intent.js'
import type { ChainIntent } from '../../intents/schema/index.js'

/** Chains that keep apart from one another, directly or over others. */
export interface DisjointGroup {
  readonly chains: readonly Intent<ChainIntent>[]
  readonly levels: readonly Disjointness[]
}

export function mustKeepApart(a: Intent<ChainIntent>, b: Intent<ChainIntent>): boolean {
  return (
    a !== b && ((a.spec.disjointFrom?.includes(b.name) ?? false) || (b.spec.disjointFrom?.includes(a.name) ?? false))
  )
}

/** Groups in the order of their first chain. */
export function disjointGroups(intents: IntentSet): DisjointGroup[] {
  const chains = [...intents.chains.values()]
  if (chains.every((chain) => chain.spec.disjointFrom === undefined)) return []
  const left = new Set(chains.filter((chain) => chains.some((other) => mustKeepApart(chain, other))))
  const groups: DisjointGroup[] = []
  for (const first of left) {
    const group = [first]
    left.delete(first)
    for (const chain of group) {
      for (const other of left) {
        if (!mustKeepApart(chain, other)) continue
        left.delete(other)
        group.push(other)
      }
    }
    const levels = new Set(
      group.flatMap(({ spec }) => (spec.disjointFrom === undefined ? [] : (spec.disjointness ?? 'link'))),
    )
    groups.push({ chains: chains.filter((chain) => group.includes(chain)), levels: [...levels] })
  }
  return groups
}
