import type { XmlElement } from './element.js'
import { escapeAttribute, escapeText } from './write.js'

/**
 * Writes an element back. Every in-scope prefix stays declared, because a value may be a QName
 * (an identityref or an instance-identifier; RFC 7950 §9.10.3) that nobody but the model can tell.
 */
export function serializeXml(element: XmlElement): string {
  return write(element, { '': '' })
}

function write(element: XmlElement, outer: Readonly<Record<string, string>>): string {
  const declared: Record<string, string> = { ...outer }
  let attributes = ''
  const declare = (prefix: string, uri: string): void => {
    if (declared[prefix] === uri) return
    declared[prefix] = uri
    attributes += prefix === '' ? ` xmlns="${escapeAttribute(uri)}"` : ` xmlns:${prefix}="${escapeAttribute(uri)}"`
  }
  declare('', element.namespace)
  for (const prefix in element.scope) {
    if (prefix !== '' && prefix !== 'xml' && prefix !== 'xmlns') declare(prefix, element.scope[prefix] ?? '')
  }
  let invented = 0
  for (const { namespace, name, value } of element.attributes) {
    let qualified = name
    if (namespace === 'http://www.w3.org/XML/1998/namespace') qualified = `xml:${name}`
    else if (namespace !== '') {
      let prefix = Object.keys(declared).find((key) => key !== '' && declared[key] === namespace)
      if (prefix === undefined) {
        do prefix = `ns${invented++}`
        while (prefix in declared)
        declare(prefix, namespace)
      }
      qualified = `${prefix}:${name}`
    }
    attributes += ` ${qualified}="${escapeAttribute(value)}"`
  }
  const content =
    element.children.length > 0
      ? element.children.map((child) => write(child, declared)).join('')
      : escapeText(element.text)
  return content === ''
    ? `<${element.name}${attributes}/>`
    : `<${element.name}${attributes}>${content}</${element.name}>`
}
