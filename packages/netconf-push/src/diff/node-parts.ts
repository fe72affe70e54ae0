import { comparableValue, type DataNode, leafNode } from '../model/data-node.js'

/** A leaf that has its default is as good as absent (RFC 6243: a server may report it or not). */
export function isNotDefault(node: DataNode): boolean {
  const { schema } = node
  if (schema.kind !== 'leaf' || schema.default === undefined) return true
  return comparableValue(node) !== comparableValue(leafNode(schema, schema.default))
}

export function withKeysOnly(node: DataNode): DataNode {
  return node.schema.kind === 'container' ? { ...node, children: [] } : { ...node, children: keysOf(node) }
}

export function keysOf(node: DataNode): readonly DataNode[] {
  const { schema } = node
  return schema.kind === 'list' ? node.children.filter((child) => schema.keys.includes(child.schema.name)) : []
}
