import { attributeOf, type XmlElement } from '@segchain/netconf-push'

/** Subtree filtering (RFC 6241 §6) of the children of `data` by those of `filter`. */
export function applyFilter(data: XmlElement, filter: XmlElement): XmlElement {
  return { ...data, children: selectAll(data.children, filter.children) }
}

function selectAll(nodes: readonly XmlElement[], filters: readonly XmlElement[]): XmlElement[] {
  return nodes.flatMap((node) => {
    const parts = filters.filter((filter) => sameName(filter, node)).map((filter) => select(node, filter))
    const found = parts.filter((part) => part !== undefined)
    const [first, ...rest] = found
    if (first === undefined) return []
    // Several filters for one node: the union of what they select.
    const children = new Set([first, ...rest].flatMap((part) => part.children))
    return [{ ...first, children: [...children] }]
  })
}

function select(node: XmlElement, filter: XmlElement): XmlElement | undefined {
  for (const wanted of filter.attributes) {
    if (attributeOf(node, wanted.name, wanted.namespace) !== wanted.value) return undefined
  }
  const contentMatches = filter.children.filter((child) => child.children.length === 0 && child.text.trim() !== '')
  for (const match of contentMatches) {
    if (!node.children.some((child) => sameName(match, child) && sameValue(child, match))) return undefined
  }
  const selections = filter.children.filter((child) => !contentMatches.includes(child))
  if (selections.length === 0) return node
  const kept = node.children.filter((child) => contentMatches.some((match) => sameName(match, child)))
  const selected = selectAll(node.children, selections)
  return selected.length === 0 && kept.length === 0 ? undefined : { ...node, children: [...kept, ...selected] }
}

function sameName(filter: XmlElement, node: XmlElement): boolean {
  return filter.name === node.name && (filter.namespace === node.namespace || filter.namespace === '')
}

function sameValue(a: XmlElement, b: XmlElement): boolean {
  const local = (text: string): string => text.trim().replace(/^[A-Za-z_][\w.-]*:(?=[A-Za-z_])/, '')
  return local(a.text) === local(b.text)
}
