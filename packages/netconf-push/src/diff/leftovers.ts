import { type DataNode, identityOf } from '../model/data-node.js'

/** A node that was wanted once: as a whole, or only as far as the leftovers in it. */
export interface Leftover {
  readonly node: DataNode
  readonly whole: boolean
  readonly children: readonly Leftover[]
}

/** What was wanted and is not any more. Nodes that are others' (`foreign`) are only gone into. */
export function leftovers(before: readonly DataNode[], kept: readonly DataNode[]): Leftover[] {
  const still = new Map(kept.map((node) => [identityOf(node), node]))
  return before.flatMap((node): Leftover[] => {
    const other = still.get(identityOf(node))
    const interior = node.schema.kind === 'container' || node.schema.kind === 'list'
    if (!interior) return other === undefined ? [{ node, whole: true, children: [] }] : []
    const below = leftovers(withoutKeys(node), other === undefined ? [] : withoutKeys(other))
    const whole = other === undefined && node.foreign !== true && !isPlainContainer(node)
    return whole || below.length > 0 ? [{ node, whole, children: below }] : []
  })
}

function isPlainContainer({ schema }: DataNode): boolean {
  return schema.kind === 'container' && !schema.presence
}

function withoutKeys(node: DataNode): readonly DataNode[] {
  const { schema } = node
  return schema.kind === 'list'
    ? node.children.filter((child) => !schema.keys.includes(child.schema.name))
    : node.children
}
