import { type DataNode, identityOf } from './data-node.js'

/**
 * Puts trees that were made for single plan elements together: containers and list entries that are
 * the same node become one.
 *
 * @throws {MergeConflict} two elements want different values of one leaf.
 */
export function mergeTrees(nodes: readonly DataNode[]): DataNode[] {
  // All that are one node first, and then once: thousands of elements say something below the same container.
  const same = new Map<string, [DataNode, ...DataNode[]]>()
  for (const node of nodes) {
    const identity = identityOf(node)
    const others = same.get(identity)
    if (others === undefined) same.set(identity, [node])
    else others.push(node)
  }
  return [...same.values()].map(mergeSame)
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

function mergeSame(nodes: readonly [DataNode, ...DataNode[]]): DataNode {
  const [first, ...others] = nodes
  if (others.length === 0) return first
  const other = others.find(({ value }) => value !== first.value)
  if (first.schema.kind === 'leaf' && other !== undefined) throw new MergeConflict(first, other)
  const element = nodes.find((node) => node.element !== undefined)?.element
  return {
    schema: first.schema,
    children: mergeTrees(nodes.flatMap(({ children }) => children)),
    ...(first.value === undefined ? {} : { value: first.value }),
    ...(element === undefined ? {} : { element }),
    ...(nodes.some(({ exact }) => exact === true) ? { exact: true } : {}),
    ...(nodes.some(({ foreign }) => foreign === true) ? { foreign: true } : {}),
  }
}
