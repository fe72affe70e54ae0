import { failureOf, type Graph, linkAt } from '@segchain/path-engine'
import { SegchainError } from '@segchain/records'
import { endsName, linkName } from '../compile/link-names.js'
import type { Model } from '../compile/model.js'
import { type Event, instanceDown, linkDown, nodeDown, singleFailures, srlgDown } from './events.js'
import { linksCalled } from './links-named.js'
import { isCalled } from './node-named.js'

/**
 * `link:r2-r3` (all of several between the two), `link:10.0.0.1` (the one with this interface), `node:r5`, `srlg:7`,
 * `instance:orange/cg/classify/classify-1` as an event of the model.
 */
export function parseFailure(model: Model, text: string): Event {
  const at = text.indexOf(':')
  const [kind, name] = [text.slice(0, at), text.slice(at + 1)]
  const found = failureNamed(model, kind, name)
  if (found !== undefined) return found
  throw new SegchainError({
    category: 'usage',
    code: 'UNKNOWN_FAILURE',
    message: `there is no ${text} to take down`,
    hint: `for instance: ${singleFailures(model)
      .slice(0, 3)
      .map((event) => event.text)
      .join(', ')} (written link:a-b or link:ADDRESS, node:a, srlg:1, instance:service/name)`,
  })
}

function failureNamed(model: Model, kind: string, name: string): Event | undefined {
  const { graph, placed } = model
  switch (kind) {
    case 'link':
      return linksDown(graph, linksCalled(graph, name))
    case 'node':
      return graph.nodes
        .filter((node) => !node.pseudonode && (isCalled(node, name) || graph.indexOfNode.get(name) === node.index))
        .map((node) => nodeDown(node))[0]
    case 'srlg':
      return srlgDown(graph, Number(name))
    case 'instance':
      return placed
        .filter(({ service, instance }) => `${service.name}/${instance.name}` === name)
        .map((one) => instanceDown(model, one))[0]
    default:
      return undefined
  }
}

/** Both directions; of a name of two nodes everything between them. */
function linksDown(graph: Graph, links: readonly number[]): Event | undefined {
  if (links.length === 0) return undefined
  const all = new Set(links.flatMap((link) => [...failureOf(graph, link, 'link').links]))
  const first = Math.min(...all)
  const { from, to } = linkAt(graph, first)
  const isEverything = graph.links.every(({ index, from: a, to: b }) => a !== from || b !== to || all.has(index))
  return linkDown(all, isEverything ? endsName(graph, first) : linkName(graph, first))
}
