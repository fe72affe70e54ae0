import { type Graph, nodeName } from '@segchain/path-engine'
import { SegchainError } from '@segchain/records'
import { suggestion } from '../intents/suggest.js'

/** The node of this host name, system-id, router-id or record id. @throws {SegchainError} category `usage`. */
export function nodeNamed(graph: Graph, name: string): number {
  const found = graph.nodes.filter(
    (node) =>
      node.id === name ||
      node.record?.name === name ||
      node.record?.routerId === name ||
      node.record?.routerIds?.includes(name),
  )
  const [only] = found
  if (only !== undefined && found.length === 1) return only.index
  throw new SegchainError({
    category: 'usage',
    code: 'UNKNOWN_NODE',
    message: only === undefined ? `the topology has no node "${name}"` : `several nodes are called "${name}"`,
    hint: suggestion(name, graph.nodes.filter((node) => !node.pseudonode).map(nodeName), 'nodes'),
  })
}
