import type { DeviceOutcome } from './report.js'

/** What was added and then removed, by device: one outcome each. */
export function mergeOutcomes(first: readonly DeviceOutcome[], second: readonly DeviceOutcome[]): DeviceOutcome[] {
  const merged = new Map(first.map((outcome) => [outcome.device, outcome]))
  for (const outcome of second) {
    const before = merged.get(outcome.device)
    merged.set(outcome.device, before === undefined ? outcome : mergeTwo(before, outcome))
  }
  return [...merged.values()]
}

function mergeTwo(first: DeviceOutcome, second: DeviceOutcome): DeviceOutcome {
  const idle = second.status === 'unchanged' || second.status === 'skipped'
  return {
    ...first,
    ...second,
    status: idle ? first.status : second.status,
    differences: [...first.differences, ...second.differences],
    durationMs: (first.durationMs ?? 0) + (second.durationMs ?? 0),
  }
}
