import type { XmlElement } from '../xml/index.js'
import type { DataNode } from './data-node.js'
import type { LeafSchema, ModuleTable, SchemaNode } from './schema.js'

/**
 * Reads what the schema knows of a configuration; everything else is passed over. Empty containers
 * without presence are left out: they say nothing. `aliases` are namespaces that stand for one of the table.
 */
export function fromXml(
  parent: XmlElement,
  schemas: readonly SchemaNode[],
  modules: ModuleTable,
  aliases: Readonly<Record<string, string>> = {},
): DataNode[] {
  const bySchema = new Map<string, SchemaNode>()
  for (const schema of schemas) bySchema.set(`${modules[schema.module]} ${schema.name}`, schema)
  return parent.children.flatMap((element) => {
    const schema = bySchema.get(`${aliases[element.namespace] ?? element.namespace} ${element.name}`)
    return schema === undefined ? [] : readNode(element, schema, modules, aliases)
  })
}

function readNode(
  element: XmlElement,
  schema: SchemaNode,
  modules: ModuleTable,
  aliases: Readonly<Record<string, string>>,
): DataNode[] {
  if (schema.kind === 'leaf' || schema.kind === 'leaf-list') {
    return [{ schema, children: [], value: readValue(element, schema, modules) }]
  }
  const children = fromXml(element, schema.children, modules, aliases)
  if (children.length === 0 && schema.kind === 'container' && !schema.presence) return []
  return [{ schema, children }]
}

function readValue(element: XmlElement, schema: LeafSchema, modules: ModuleTable): string {
  if (schema.type === 'empty') return ''
  const text = element.text.trim()
  if (schema.type !== 'identityref') return text
  const colon = text.indexOf(':')
  // RFC 7950 §9.10.3: without a prefix it is the default namespace in scope.
  const namespace = element.scope[colon < 0 ? '' : text.slice(0, colon)] ?? ''
  const module = Object.keys(modules).find((name) => modules[name] === namespace)
  return `${module ?? `{${namespace}}`}:${text.slice(colon + 1)}`
}
