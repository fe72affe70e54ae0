/** In-scope namespace prefixes (`''` is the default namespace), for values that are QNames. */
export type NamespaceScope = Readonly<Record<string, string>>

export interface XmlAttribute {
  readonly namespace: string
  readonly name: string
  readonly value: string
}

/**
 * An element of a data-centric document: either children or text matter, never the mixture
 * (YANG has no mixed content; RFC 7950 §7). Names are local names, untouched.
 */
export interface XmlElement {
  readonly namespace: string
  readonly name: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
  /** Character data directly inside, concatenated. */
  readonly text: string
  readonly scope: NamespaceScope
}

/** The first child with this name; any namespace when none is given. */
export function childOf(element: XmlElement, name: string, namespace?: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name && (namespace ?? child.namespace) === child.namespace)
}

export function childrenOf(element: XmlElement, name: string, namespace?: string): XmlElement[] {
  return element.children.filter((child) => child.name === name && (namespace ?? child.namespace) === child.namespace)
}

/** The trimmed text of a child, where there is that child. */
export function textOf(element: XmlElement, name: string): string | undefined {
  return childOf(element, name)?.text.trim()
}

export function attributeOf(element: XmlElement, name: string, namespace = ''): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name && attribute.namespace === namespace)?.value
}
