import type { Search, SearchTables } from './search.js'

/**
 * Over a heap of plain doubles, each a distance and a node number packed together
 * (`distance × shift + node`, `shift` a power of two), so that a comparison is one comparison.
 */
export function heapSearch(tables: SearchTables, shift: number): Search {
  const { distance, parent, turn, starts, links, overload, leaf, source } = tables
  // Exact: a power of two.
  const unshift = 1 / shift
  let heap = new Float64Array(1024)
  // A node stands in it once: a distance is final when it is reached.
  const batch = new Int32Array(distance.length)
  return (sources, blockedLinks, blockedNodes) => {
    let settled = 0
    let size = 0
    if (sources.length > heap.length) heap = new Float64Array(2 * sources.length)
    for (const node of sources) {
      rise(heap, size, (distance[node] as number) * shift + node)
      size += 1
    }
    // The smallest entry has been taken, and the heap is to be mended.
    let free = false
    let waiting = 0
    let begun = 0
    for (;;) {
      if (begun === waiting) {
        // All that are as far away, before any that a link of cost 0 brings to the same distance.
        begun = 0
        waiting = 0
        for (;;) {
          if (free) {
            free = false
            size -= 1
            if (size > 0) sink(heap, size, heap[size] as number)
          }
          if (size === 0) break
          const top = heap[0] as number
          const base = Math.floor(top * unshift)
          const node = top - base * shift
          if (base === distance[node]) {
            if (waiting > 0 && base !== distance[batch[0] as number]) break
            batch[waiting] = node
            waiting += 1
          }
          free = true
        }
        if (waiting === 0) return
      }
      const node = batch[begun] as number
      begun += 1
      const base = distance[node] as number
      turn[node] = settled
      settled += 1
      if (overload[node] === 1 && source[node] === 0) continue
      const end = starts[node + 1] as number
      for (let at = starts[node] as number; at < end; at += 3) {
        const to = links[at] as number
        const reached = base + (links[at + 1] as number)
        if (reached >= (distance[to] as number)) continue
        if (source[to] === 1) continue
        const link = links[at + 2] as number
        if (blockedLinks !== undefined && blockedLinks[link] === 1) continue
        if (blockedNodes !== undefined && blockedNodes[to] === 1) continue
        distance[to] = reached
        parent[to] = link
        if (leaf[to] === 1) continue
        if (reached === base) {
          batch[waiting] = to
          waiting += 1
          continue
        }
        if (size === heap.length) {
          const larger = new Float64Array(size * 2)
          larger.set(heap)
          heap = larger
        }
        rise(heap, size, reached * shift + to)
        size += 1
      }
    }
  }
}

/** Puts a key at the top of a heap of `size` entries, and lets it sink to its place. */
function sink(heap: Float64Array, size: number, key: number): void {
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= size) break
    let least = heap[child] as number
    if (child + 1 < size) {
      const right = heap[child + 1] as number
      if (right < least) {
        child += 1
        least = right
      }
    }
    if (key <= least) break
    heap[at] = least
    at = child
  }
  heap[at] = key
}

/** Puts a key behind a heap of `size` entries, and lets it rise to its place. */
function rise(heap: Float64Array, size: number, key: number): void {
  let at = size
  while (at > 0) {
    const above = (at - 1) >> 1
    const value = heap[above] as number
    if (value <= key) break
    heap[at] = value
    at = above
  }
  heap[at] = key
}
