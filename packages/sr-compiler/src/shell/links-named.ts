import type { Graph, GraphNode } from '@segchain/path-engine'
import { SegchainError } from '@segchain/records'

/** Names of nodes may have hyphens: it is a link when both sides of one of them are nodes, and the whole is none. */
export function isLinkName(graph: Graph, text: string): boolean {
  return !graph.nodes.some((node) => isCalled(node, text)) && endsOf(graph, text).length > 0
}

/**
 * The links `r1-r2`, from the first to the second (`back`: from the second to the first); parallel ones are several.
 *
 * @throws {SegchainError} category `usage`.
 */
export function linksNamed(graph: Graph, text: string, direction: 'forth' | 'back' = 'forth'): number[] {
  const found = endsOf(graph, text).flatMap(([a, b]) =>
    graph.links
      .filter(({ from, to }) => (direction === 'forth' ? from === a && to === b : from === b && to === a))
      .map(({ index }) => index),
  )
  if (found.length > 0) return found
  throw new SegchainError({
    category: 'usage',
    code: 'UNKNOWN_LINK',
    message: `the topology has no link "${text}"`,
    hint: 'written r1-r2, two nodes that are neighbours',
  })
}

/** Every way to read the text as two nodes. */
function endsOf(graph: Graph, text: string): [number, number][] {
  const parts = text.split('-')
  return parts.slice(1).flatMap((_, i) => {
    const [a, b] = [parts.slice(0, i + 1), parts.slice(i + 1)].map((part) =>
      graph.nodes.find((node) => isCalled(node, part.join('-'))),
    )
    return a === undefined || b === undefined ? [] : [[a.index, b.index] as [number, number]]
  })
}

function isCalled({ id, record }: GraphNode, name: string): boolean {
  return id === name || record?.name === name || record?.routerId === name
}
