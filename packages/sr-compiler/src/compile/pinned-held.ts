import { describeServices } from './choose-best.js'
import type { PinnedChoice } from './pinned.js'
import type { PinnedLimits } from './pinned-fronts.js'
import type { StackFailure } from './stack.js'

/** A choice that stands what else is asked of it. */
export interface HeldChoice<S, W> {
  readonly choice: PinnedChoice<S>
  readonly way: W
}

/**
 * The cheapest choice, where it stands `evaluate`; or else the first one within the limits that does. Its failure, where
 * none does.
 */
export function firstThatHolds<S, W extends object>(
  choose: (limits: PinnedLimits) => readonly PinnedChoice<S>[] | StackFailure,
  limitsAfter: (failure: StackFailure) => PinnedLimits,
  evaluate: (choice: PinnedChoice<S>) => W | StackFailure,
): HeldChoice<S, W> | (StackFailure & { readonly what: string }) {
  const cheapest = choose({})
  if ('why' in cheapest) return { what: 'pinned', ...cheapest }
  const [first] = cheapest
  if (first === undefined) throw new RangeError('there is a choice, or a failure')
  const way = evaluate(first)
  if (!isFailure(way)) return { choice: first, way }
  const others = choose(limitsAfter(way))
  for (const choice of 'why' in others ? [] : others) {
    const other = evaluate(choice)
    if (isFailure(other)) continue
    const rejected = [...choice.rejected, { what: 'the cheapest instances', why: way.why }]
    return { choice: { ...choice, rejected }, way: other }
  }
  const isBound = way.code.startsWith('BOUND_')
  const why = isBound ? `${way.why}; no other choice of instances and optional services keeps it` : way.why
  return { what: describeServices(first.services), ...way, why }
}

function isFailure<W extends object>(way: W | StackFailure): way is StackFailure {
  return 'why' in way
}
