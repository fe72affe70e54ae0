import type { LabelRange } from '@segchain/records'

/** `16000-23999`, first and last label of each range. */
export function labelRanges(value: unknown): string {
  return ((value ?? []) as readonly LabelRange[]).map(({ first, size }) => `${first}-${first + size - 1}`).join(' ')
}
