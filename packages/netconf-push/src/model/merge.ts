import { type DataNode, identityOf } from './data-node.js'

/**
 * Puts trees that were made for single plan elements together: containers and list entries that are
 * the same node become one.
 *
 * @throws {MergeConflict} two elements want different values of one leaf.
 */
export function mergeTrees(nodes: readonly DataNode[]): DataNode[] {
  const merged = new Map<string, DataNode>()
  for (const node of nodes) {
    const identity = identityOf(node)
    const there = merged.get(identity)
    merged.set(identity, there === undefined ? node : mergeTwo(there, node))
  }
  return [...merged.values()]
}

export class MergeConflict extends Error {
  readonly first: DataNode
  readonly second: DataNode

  constructor(first: DataNode, second: DataNode) {
    super(`${first.schema.name} is wanted as ${first.value ?? ''} and as ${second.value ?? ''}`)
    this.first = first
    this.second = second
  }
}

function mergeTwo(first: DataNode, second: DataNode): DataNode {
  if (first.schema.kind === 'leaf' && first.value !== second.value) throw new MergeConflict(first, second)
  const element = first.element ?? second.element
  return {
    schema: first.schema,
    children: mergeTrees([...first.children, ...second.children]),
    ...(first.value === undefined ? {} : { value: first.value }),
    ...(element === undefined ? {} : { element }),
    ...(first.exact === true || second.exact === true ? { exact: true } : {}),
    ...(first.foreign === true || second.foreign === true ? { foreign: true } : {}),
  }
}
