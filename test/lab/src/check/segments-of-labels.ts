import type { LabelNetwork, PathSegment } from '@segchain/path-engine'

/**
 * What a label stack of a repair means, read label by label by the router that each one is for.
 *
 * @throws {Error} for a label that means nothing to its reader.
 */
export function segmentsOfLabels(
  network: LabelNetwork,
  first: number,
  labels: readonly number[],
  algorithm: number,
): PathSegment[] {
  let reader = first
  return labels.map((label): PathSegment => {
    const [local] = network.localsAt(reader, label)
    if (local !== undefined) {
      reader = local.to
      return { kind: 'adjacency', link: local.link, to: local.to }
    }
    const sid = network.sidAt(reader, label)
    const [member] = sid?.members ?? []
    if (sid === undefined || member === undefined || sid.algorithm !== algorithm) {
      throw new Error(`label ${label} means nothing to node ${reader}`)
    }
    reader = member.node
    return { kind: 'node', node: member.node }
  })
}
