import { bothDirections, type Graph, linkAt } from '@segchain/path-engine'
import { SegchainError } from '@segchain/records'
import { isCalled } from './node-named.js'

/** Names of nodes may have hyphens: it is a link when both sides of one of them are nodes, and the whole is none. */
export function isLinkName(graph: Graph, text: string): boolean {
  if (graph.nodes.some((node) => isCalled(node, text))) return false
  return endsNamed(graph, text).length > 0 || interfaceNamed(graph, text) !== undefined
}

/**
 * The links `r1-r2`, from the first to the second (`back`: from the second to the first); parallel ones are several. One of
 * them by the address of its interface, or by the id of its record.
 *
 * @throws {SegchainError} category `usage`.
 */
export function linksNamed(graph: Graph, text: string, direction: 'forth' | 'back' = 'forth'): number[] {
  const found = linksCalled(graph, text, direction)
  if (found.length > 0) return found
  throw new SegchainError({
    category: 'usage',
    code: 'UNKNOWN_LINK',
    message: `the topology has no link "${text}"`,
    hint: 'written r1-r2, two nodes that are neighbours; or, of several between them, the address of an interface',
  })
}

/** The same, none where there is no such link. */
export function linksCalled(graph: Graph, text: string, direction: 'forth' | 'back' = 'forth'): number[] {
  const found = endsNamed(graph, text).flatMap(([a, b]) =>
    graph.links
      .filter(({ from, to }) => (direction === 'forth' ? from === a && to === b : from === b && to === a))
      .map(({ index }) => index),
  )
  if (found.length > 0) return found
  const one = interfaceNamed(graph, text)
  if (one === undefined) return []
  return direction === 'forth' ? [one] : backOf(graph, one)
}

/** Every way to read the text as two nodes. */
export function endsNamed(graph: Graph, text: string): [number, number][] {
  const parts = text.split('-')
  return parts.slice(1).flatMap((_, i) => {
    const [a, b] = [parts.slice(0, i + 1), parts.slice(i + 1)].map((part) =>
      graph.nodes.find((node) => isCalled(node, part.join('-'))),
    )
    return a === undefined || b === undefined ? [] : [[a.index, b.index] as [number, number]]
  })
}

/** The link of the interface with this address, or of this record; undefined without one. */
export function interfaceNamed(graph: Graph, text: string): number | undefined {
  return graph.links.find(({ record }) => record.id === text || record.localAddresses?.includes(text) === true)?.index
}

function backOf(graph: Graph, link: number): number[] {
  const fibre = bothDirections(graph)
  const { from, to } = linkAt(graph, link)
  return graph.links
    .filter((other) => other.from === to && other.to === from && fibre[other.index] === fibre[link])
    .map(({ index }) => index)
}
