import type { Search, SearchTables } from './search.js'

const BITS = 32

/**
 * Over a ring of buckets, one for each distance (Dial 1969): what waits lies within the largest weight
 * of the distance that is being visited, so that a ring longer than that weight never mixes two
 * distances; the costs of the sources must lie as close together. A bit for each bucket finds the next
 * one that has something, 32 at a time.
 */
export function bucketSearch(tables: SearchTables, largestWeight: number): Search {
  const { distance, parent, turn, starts, links, overload, leaf, source } = tables
  const ring = 2 ** Math.ceil(Math.log2(Math.max(2 * BITS, largestWeight + 1)))
  const mask = ring - 1
  const words = ring / BITS
  // By bucket: its first and its last entry; -1 without one.
  const first = new Int32Array(ring).fill(-1)
  const last = new Int32Array(ring).fill(-1)
  const filled = new Int32Array(words)
  // A node is visited once, so that each link puts in one entry at most, and each source one.
  const entryNode = new Int32Array(links.length / 3 + distance.length)
  const entryNext = new Int32Array(links.length / 3 + distance.length)
  return (sources, blockedLinks, blockedNodes) => {
    let entries = 0
    // First in, first out: of nodes as far away, those come first that no link of cost 0 has reached.
    const enqueue = (node: number, cost: number): void => {
      const bucket = cost & mask
      entryNode[entries] = node
      entryNext[entries] = -1
      if (first[bucket] === -1) first[bucket] = entries
      else entryNext[last[bucket] as number] = entries
      last[bucket] = entries
      filled[bucket >>> 5] = (filled[bucket >>> 5] as number) | (1 << (bucket & 31))
      entries += 1
    }
    let settled = 0
    let current = Number.POSITIVE_INFINITY
    for (const node of sources) {
      const cost = distance[node] as number
      if (cost < current) current = cost
      enqueue(node, cost)
    }
    let waiting = entries
    while (waiting > 0) {
      let slot = current & mask
      let word = slot >>> 5
      let bits = (filled[word] as number) & (-1 << (slot & 31))
      while (bits === 0) {
        word = (word + 1) % words
        bits = filled[word] as number
      }
      const next = word * BITS + 31 - Math.clz32(bits & -bits)
      current += (next - slot) & mask
      slot = next
      for (let entry = first[slot] as number; entry !== -1; entry = first[slot] as number) {
        first[slot] = entryNext[entry] as number
        waiting -= 1
        const node = entryNode[entry] as number
        if (distance[node] !== current) continue
        turn[node] = settled
        settled += 1
        if (overload[node] === 1 && source[node] === 0) continue
        const end = starts[node + 1] as number
        for (let at = starts[node] as number; at < end; at += 3) {
          const to = links[at] as number
          const reached = current + (links[at + 1] as number)
          if (reached >= (distance[to] as number)) continue
          if (source[to] === 1) continue
          const link = links[at + 2] as number
          if (blockedLinks !== undefined && blockedLinks[link] === 1) continue
          if (blockedNodes !== undefined && blockedNodes[to] === 1) continue
          distance[to] = reached
          parent[to] = link
          if (leaf[to] === 1) continue
          enqueue(to, reached)
          waiting += 1
        }
      }
      filled[slot >>> 5] = (filled[slot >>> 5] as number) & ~(1 << (slot & 31))
    }
  }
}
