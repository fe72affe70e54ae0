import { escapeText, tag } from '../xml/index.js'
import type { DataNode } from './data-node.js'
import type { ModuleTable } from './schema.js'

/** `operation` of RFC 6241 §7.2 on a node of an edit-config. */
export type EditOperation = 'merge' | 'replace' | 'create' | 'delete' | 'remove'

export interface EditNode extends DataNode {
  readonly operation?: EditOperation
  readonly children: readonly EditNode[]
}

/**
 * Writes nodes as XML. Keys come first and in the order of the `key` statement (RFC 7950 §7.8.5);
 * `nc:operation` needs the prefix `nc` bound by whoever puts this into a message.
 */
export function toXml(nodes: readonly EditNode[], modules: ModuleTable): string {
  return nodes.map((node) => writeNode(node, modules, undefined)).join('')
}

function writeNode(node: EditNode, modules: ModuleTable, outerModule: string | undefined): string {
  const { schema } = node
  const namespace = namespaceOf(schema.module, modules)
  const attributes: Record<string, string> = {}
  if (schema.module !== outerModule) attributes.xmlns = namespace
  if (node.operation !== undefined) attributes['nc:operation'] = node.operation
  if (schema.kind === 'leaf' || schema.kind === 'leaf-list') {
    if (schema.type === 'identityref') return writeIdentity(node, attributes, modules)
    return tag(schema.name, attributes, escapeText(node.value ?? ''))
  }
  const children = schema.kind === 'list' ? keysFirst(node.children, schema.keys) : node.children
  return tag(schema.name, attributes, children.map((child) => writeNode(child, modules, schema.module)).join(''))
}

function writeIdentity(node: EditNode, attributes: Record<string, string>, modules: ModuleTable): string {
  const value = node.value ?? ''
  const colon = value.indexOf(':')
  const namespace = namespaceOf(value.slice(0, colon), modules)
  return tag(node.schema.name, { ...attributes, 'xmlns:id': namespace }, escapeText(`id:${value.slice(colon + 1)}`))
}

function keysFirst(children: readonly EditNode[], keys: readonly string[]): EditNode[] {
  const rank = (node: EditNode): number => {
    const at = keys.indexOf(node.schema.name)
    return at < 0 ? keys.length : at
  }
  return [...children].sort((a, b) => rank(a) - rank(b))
}

function namespaceOf(module: string, modules: ModuleTable): string {
  const namespace = modules[module]
  if (namespace === undefined) throw new Error(`the dialect's table of modules lacks ${module}`)
  return namespace
}
