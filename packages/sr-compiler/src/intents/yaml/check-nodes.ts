import { type Document, isAlias, isCollection, isMap, isNode, isScalar, type Node, visit } from 'yaml'
import { suggestion } from '../suggest.js'
import type { YamlFault } from './fault.js'

/** Lists and mappings in one another; no intent needs more than eight. */
const MAX_DEPTH = 64

/**
 * What the parser lets pass: keys that are there twice (told with both places, in linear time), aliases of nothing or of
 * what is around them, nesting without end.
 */
export function faultsOfNodes(document: Document): YamlFault[] {
  const faults: YamlFault[] = []
  const anchors = new Set<string>()
  visit(document, (_, node, path) => {
    if (path.length > 2 * MAX_DEPTH) {
      faults.push(tooDeep(isNode(node) ? (node.range?.[0] ?? 0) : 0))
      return visit.BREAK
    }
    if (isAlias(node)) {
      const around = path.some((one) => (isScalar(one) || isCollection(one)) && one.anchor === node.source)
      if (around || !anchors.has(node.source)) faults.push(badAlias(node, node.source, around, anchors))
    } else if (isScalar(node) || isCollection(node)) {
      if (node.anchor !== undefined) anchors.add(node.anchor)
      if (isMap(node)) faults.push(...doubleKeys(node.items))
    }
    return undefined
  })
  return faults
}

function doubleKeys(items: readonly { readonly key: unknown }[]): YamlFault[] {
  const seen = new Set<unknown>()
  return items.flatMap(({ key }): YamlFault[] => {
    // A merge key may come more than once.
    if (!isScalar(key) || key.value === '<<') return []
    if (!seen.has(key.value)) {
      seen.add(key.value)
      return []
    }
    const message = `the key ${JSON.stringify(key.value)} is there twice in one mapping`
    return [{ code: 'DUPLICATE_KEY', message, hint: 'delete one of the two', offset: key.range?.[0] ?? 0 }]
  })
}

function badAlias(node: Node, name: string, around: boolean, known: ReadonlySet<string>): YamlFault {
  return {
    code: 'YAML_ALIAS',
    message: around ? `*${name} stands inside of what it repeats` : `there is no anchor &${name} before *${name}`,
    hint: around
      ? 'write out what is meant'
      : `an anchor holds to the end of its document (---); ${suggestion(name, [...known], 'anchors here')}`,
    offset: node.range?.[0] ?? 0,
  }
}

export function tooDeep(offset: number): YamlFault {
  const message = `lists and mappings are nested deeper than ${MAX_DEPTH} levels`
  return { code: 'YAML_SYNTAX', message, hint: 'no intent needs that: look for a bracket that is not closed', offset }
}
