import { type Graph, type GraphNode, nodeName } from '@segchain/path-engine'
import { SegchainError } from '@segchain/records'
import { suggestion } from '../intents/suggest.js'

/** By host name, system-id, router-id or record id. */
export function isCalled({ id, record }: GraphNode, name: string): boolean {
  return id === name || record?.name === name || record?.routerId === name || record?.routerIds?.includes(name) === true
}

/** The node of this host name, system-id, router-id or record id. @throws {SegchainError} category `usage`. */
export function nodeNamed(graph: Graph, name: string): number {
  // A node of several instances has a record in each.
  const byId = graph.indexOfNode.get(name)
  if (byId !== undefined) return byId
  const found = graph.nodes.filter((node) => isCalled(node, name))
  const [only] = found
  if (only !== undefined && found.length === 1) return only.index
  const ids = found.slice(0, 4).map(({ id }) => id)
  throw new SegchainError({
    category: 'usage',
    code: 'UNKNOWN_NODE',
    message: only === undefined ? `the topology has no node "${name}"` : `several nodes are called "${name}"`,
    hint:
      only === undefined
        ? suggestion(name, graph.nodes.filter((node) => !node.pseudonode).map(nodeName), 'nodes')
        : `name it by its id: ${ids.join(' or ')}`,
  })
}
