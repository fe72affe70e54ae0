export interface Share {
  readonly id: number
  readonly name: string
  readonly weight: number
}

/**
 * Weighted rendezvous hashing: each slot goes to the instance with the highest score, so that an instance that
 * comes or goes moves only the slots that it gets or had. Empty when there is no instance.
 */
export function shareSlots(instances: readonly Share[], slots: number): number[] {
  if (instances.length === 0) return []
  return Array.from({ length: slots }, (_, slot) => {
    let best = { id: 0, score: -1 }
    for (const { id, name, weight } of instances) {
      const score = weight / -Math.log(uniform(name, slot))
      if (score > best.score) best = { id, score }
    }
    return best.id
  })
}

/** A number in (0, 1) that depends on nothing else: FNV-1a with a mix behind it. */
function uniform(name: string, slot: number): number {
  let hash = 0x811c9dc5 ^ slot
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, 0x0100_0193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35)
  return (((hash ^ (hash >>> 16)) >>> 0) + 0.5) / 0x1_0000_0000
}
