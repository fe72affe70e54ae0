/** What decides where entropy labels go. */
export interface EntropyInput {
  /** Labels of the stack, without entropy labels. */
  readonly depth: number
  /** By label, top first: can every node where its segment may end process an entropy label (ELC, RFC 9088 §3)? */
  readonly capable: readonly boolean[]
  /** The smallest ERLD among the nodes that share the load: how many labels they read from the top. */
  readonly erld: number
  /** Labels that the headend can push; undefined when nobody says. */
  readonly msd?: number
}

export interface EntropyPlacement {
  /** An ELI and EL follow these labels, counted from 1 at the top. */
  readonly after: readonly number[]
  readonly reason: string
}

/**
 * RFC 8662 §7.2: as few pairs as bring an entropy label within reach (ERLD) of every node, whichever label is on top
 * there, each below a label whose segment ends at a node that can take it off. The pair counts twice against the
 * headend's MSD, so the ones nearest to the top are kept, which serve the most nodes of the way first.
 */
export function placeEntropyLabels({ depth, capable, erld, msd }: EntropyInput): EntropyPlacement {
  // From the top label of a stretch to the EL: the labels of the stretch, the ELI and the EL.
  const reach = erld - 2
  if (reach < 1)
    return { after: [], reason: `the smallest ERLD on the way is ${erld}: an entropy label would not be read` }
  const after: number[] = []
  let top = 0
  while (top < depth) {
    let place = Math.min(depth, top + reach)
    while (place > top && capable[place - 1] !== true) place -= 1
    if (place === top) {
      // Nothing within reach can take it off: nodes with this label on top hash without one.
      top += 1
      continue
    }
    after.push(place)
    top = place
  }
  const pairs = msd === undefined ? after.length : Math.max(0, Math.min(after.length, Math.floor((msd - depth) / 2)))
  const kept = after.slice(0, pairs)
  if (after.length === 0) return { after: [], reason: 'no segment ends at a node that processes entropy labels (ELC)' }
  const wanted = `every node reads ${erld} labels: ${after.length} pair(s) bring one within reach`
  if (pairs === after.length) return { after: kept, reason: wanted }
  return { after: kept, reason: `${wanted}, and the MSD of ${msd} leaves room for ${pairs}` }
}
