/** Up to 64 bins a feature, at quantiles of the training rows, so that a split is a scan of a histogram. */
export const MAX_BINS = 64

/** The upper edge of every bin but the last, ascending, exact in 32 bits. */
export function edgesOf(rows: Float32Array, count: number, width: number, feature: number): Float32Array {
  const values = new Float32Array(count)
  for (let row = 0; row < count; row++) values[row] = rows[row * width + feature] ?? 0
  values.sort()
  const edges: number[] = []
  for (let bin = 1; bin < MAX_BINS; bin++) {
    const at = Math.floor((bin * count) / MAX_BINS)
    const [low, high] = [values[at - 1] ?? 0, values[at] ?? 0]
    // Between two values, so that a value that is equal on every machine decides alike.
    const edge = Math.fround(low + (high - low) / 2)
    if (edge > (edges.at(-1) ?? Number.NEGATIVE_INFINITY)) edges.push(edge)
  }
  return Float32Array.from(edges)
}

export function binOf(edges: Float32Array, value: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= (edges[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}
