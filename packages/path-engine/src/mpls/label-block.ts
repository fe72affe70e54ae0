import type { LabelRange } from '@segchain/records'

/** RFC 8402 §3.1.2: the ranges of a block, in their order, are one continuous space of indexes. */
export function labelOfIndex(block: readonly LabelRange[], index: number): number | undefined {
  let left = index
  for (const { first, size } of block) {
    if (left < size) return first + left
    left -= size
  }
  return undefined
}

export function indexOfLabel(block: readonly LabelRange[], label: number): number | undefined {
  let before = 0
  for (const { first, size } of block) {
    if (label >= first && label < first + size) return before + label - first
    before += size
  }
  return undefined
}

/** Indexes that the block has room for. */
export function blockSize(block: readonly LabelRange[]): number {
  return block.reduce((sum, { size }) => sum + size, 0)
}

/** Below are the special-purpose labels (RFC 7274 §2). */
const FIRST_LABEL = 16

/** RFC 8660 §2.3: a block whose ranges overlap, or take in special-purpose labels, counts as none. */
export function validBlock(block: readonly LabelRange[]): readonly LabelRange[] {
  const sorted = [...block].sort((a, b) => a.first - b.first)
  const isWrong = sorted.some(({ first }, i) => {
    const before = sorted[i - 1]
    return first < FIRST_LABEL || (before !== undefined && before.first + before.size > first)
  })
  return isWrong ? [] : block
}

export function sameBlock(a: readonly LabelRange[], b: readonly LabelRange[]): boolean {
  return a.length === b.length && a.every((range, i) => range.first === b[i]?.first && range.size === b[i]?.size)
}

/** `16000-23999`. */
export function formatBlock(block: readonly LabelRange[]): string {
  return block.length === 0 ? 'none' : block.map(({ first, size }) => `${first}-${first + size - 1}`).join(', ')
}
