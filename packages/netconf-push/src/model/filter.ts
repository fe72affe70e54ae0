import { tag } from '../xml/index.js'
import type { DataNode } from './data-node.js'
import type { ModuleTable, SchemaNode } from './schema.js'
import { toXml } from './to-xml.js'

/**
 * A subtree filter (RFC 6241 §6) that selects what is wanted and its surroundings as far as they are
 * ours: a whole container or list where all entries may be ours, single entries by their keys below
 * lists such as the interfaces, which may be thousands.
 */
export function subtreeFilter(
  wanted: readonly DataNode[],
  modules: ModuleTable,
  byKey: ReadonlySet<SchemaNode>,
): string {
  return wanted.map((node) => select(node, undefined, modules, byKey)).join('')
}

function select(
  node: DataNode,
  outerModule: string | undefined,
  modules: ModuleTable,
  byKey: ReadonlySet<SchemaNode>,
): string {
  const { schema } = node
  const attributes = schema.module === outerModule ? {} : { xmlns: modules[schema.module] ?? '' }
  if (schema.kind === 'leaf' || schema.kind === 'leaf-list') return tag(schema.name, attributes, '')
  if (schema.kind === 'list') {
    if (!byKey.has(schema)) return tag(schema.name, attributes, '')
    const keys = node.children.filter((child) => schema.keys.includes(child.schema.name))
    const content = toXml(keys, modules)
    return tag(schema.name, attributes, content)
  }
  if (node.exact === true || node.children.length === 0) return tag(schema.name, attributes, '')
  const seen = new Set<string>()
  const parts = node.children
    .map((child) => select(child, schema.module, modules, byKey))
    .filter((part) => {
      const fresh = !seen.has(part)
      seen.add(part)
      return fresh
    })
  return tag(schema.name, attributes, parts.join(''))
}
