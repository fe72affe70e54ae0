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

export function sameBlock(a: readonly LabelRange[], b: readonly LabelRange[]): boolean {
  return a.length === b.length && a.every((range, i) => range.first === b[i]?.first && range.size === b[i]?.size)
}

/** `16000-23999`. */
export function formatBlock(block: readonly LabelRange[]): string {
  return block.length === 0 ? 'none' : block.map(({ first, size }) => `${first}-${first + size - 1}`).join(', ')
}
